import { type PriceFile, type RateName, rateNames } from './price-file.ts'

export type CostLine = { readonly name: RateName; readonly what: string; readonly count: number; readonly usd: number }
export type Cost = { readonly lines: readonly CostLine[]; readonly usd: number }

export type Use = {
  readonly views: number
  readonly requestsOfAView: number
  readonly bytesOfAView: number
  readonly originRequests: number
  readonly edits: number
  /** Tags that an edit drops, the second time seconds later included. */
  readonly tagsOfAnEdit: number
  /** Objects that an edit puts, those of the standby included. */
  readonly putsOfAnEdit: number
}

const bytesOfAGigabyte = 1e9

const words: Readonly<Record<RateName, string>> = {
  'cloudfront.request': 'HTTPS requests',
  'cloudfront.function': 'calls of the function that chooses a variant',
  'cloudfront.out': 'GB to readers',
  'cloudfront.invalidation': 'tags dropped',
  's3.get': 'reads of the stores',
  's3.put': 'writes into the stores',
}

/** What so many views cost by the price file, nothing free. */
export function costOf(use: Use, { rates }: PriceFile): Cost {
  const requests = use.views * use.requestsOfAView
  const counts: Readonly<Record<RateName, number>> = {
    'cloudfront.request': requests,
    'cloudfront.function': requests,
    'cloudfront.out': (use.views * use.bytesOfAView) / bytesOfAGigabyte,
    'cloudfront.invalidation': use.edits * use.tagsOfAnEdit,
    's3.get': use.originRequests,
    's3.put': use.edits * use.putsOfAnEdit,
  }
  const lines = rateNames.map((name) => {
    const count = counts[name]
    return { name, what: words[name], count, usd: count * rates[name].usd }
  })
  return { lines, usd: lines.reduce((sum, { usd }) => sum + usd, 0) }
}
