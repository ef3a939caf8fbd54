import type { PriceFile, PriceName } from './price-file.ts'

export type CostLine = {
  readonly name: PriceName
  readonly what: string
  readonly count: number
  readonly cost: number
}
export type Cost = { readonly lines: readonly CostLine[]; readonly total: number; readonly currency: string }

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

/** What so many views cost by the price file. */
export function costOf(use: Use, { prices, currency }: PriceFile): Cost {
  const requests = use.views * use.requestsOfAView
  const counts: Readonly<Record<PriceName, number>> = {
    cdn_requests: requests,
    cdn_functions: requests,
    cdn_bytes: use.views * use.bytesOfAView,
    invalidations: use.edits * use.tagsOfAnEdit,
    store_reads: use.originRequests,
    store_writes: use.edits * use.putsOfAnEdit,
  }
  const names: readonly PriceName[] = [
    'cdn_requests',
    'cdn_functions',
    'cdn_bytes',
    'invalidations',
    'store_reads',
    'store_writes',
  ]
  const lines = names.map((name) => {
    const { amount, per, what } = prices[name]
    return { name, what, count: counts[name], cost: (counts[name] / per) * amount }
  })
  return { lines, total: lines.reduce((sum, { cost }) => sum + cost, 0), currency }
}
