import { failedSeconds } from '#contracts/published/cache-rules.ts'
import { createEntries, type Entry } from './entries.ts'
import { entryOf } from './entry-of.ts'
import { createFlights, type Flight } from './flights.ts'
import { standingOf } from './freshness.ts'
import { noBytes, type Origin } from './origin.ts'
import { countingStats, type EdgeStats } from './stats.ts'

export type EdgeOptions = {
  readonly origin: Origin
  readonly capacityBytes?: number
  readonly now?: () => Date
  /** Ends whatever is asked of the origin. */
  readonly signal?: AbortSignal
}

export const outcomes = ['Hit', 'Miss', 'Stale', 'Error'] as const
/** `Stale`: from the cache, and older than it should be. `Error`: nothing is known and nothing answers. */
export type Outcome = (typeof outcomes)[number]

export type EdgeAnswer = {
  readonly status: 200 | 404 | 502
  /** Of the object, without what is only the store's business. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly ageSeconds: number
  readonly outcome: Outcome
}

export type Edge = {
  /** Never throws. The key is that of the object: variants are chosen before (address.ts). */
  readonly read: (key: string) => Promise<EdgeAnswer>
  /** Drops every answer with one of these tags, those under way included; how many were dropped. */
  readonly purge: (tags: readonly string[]) => number
  readonly stats: () => EdgeStats
  /** Resolves when nothing is asked of the origin any more. */
  readonly settled: () => Promise<void>
}

const defaultCapacityBytes = 64 * 1024 * 1024
/** CloudFront's “error caching minimum TTL”. */
const quietMilliseconds = failedSeconds * 1000

/** A shared cache in front of the published documents, as CloudFront behaves for us. */
export function createEdge(options: EdgeOptions): Edge {
  const { origin, capacityBytes = defaultCapacityBytes, now = () => new Date(), signal } = options
  const entries = createEntries(capacityBytes)
  const stats = countingStats()
  const flights = createFlights<Entry>()

  /** What the origin says now; kept, unless one of its tags was dropped meanwhile: it may be what was there before. */
  const ask = async (key: string, known: Entry | undefined, flight: Flight<Entry>): Promise<Entry> => {
    stats.count('originRequests')
    const askedAt = now().getTime()
    const answer = await origin.get(key, { ifNoneMatch: known?.headers.etag, signal })
    const entry = entryOf(answer, known, askedAt)
    if (flight.isDropped(entry.tags)) stats.count('notKept')
    else if (entry.lifetime.isKept) entries.set(key, entry)
    else entries.delete(key)
    return entry
  }

  const fetchOnce = (key: string, known: Entry | undefined): Flight<Entry> => {
    const under = flights.under(key)
    if (under) {
      stats.count('joined')
      return under
    }
    return flights.start(key, async (flight) => {
      try {
        return await ask(key, known, flight)
      } catch (error) {
        stats.count('originFailures')
        if (known) known.askedInVainAtMilliseconds = now().getTime()
        throw error
      }
    })
  }

  const answer = (entry: Entry, outcome: Outcome, at: number): EdgeAnswer => {
    stats.outcome(outcome, entry)
    const { status, headers, body } = entry
    return { status, headers, body, ageSeconds: Math.max(0, Math.floor(ageOf(entry, at))), outcome }
  }

  /** What a question brings; when nobody answers, what is known. */
  const asked = async (flight: Flight<Entry>, known: Entry | undefined, at: number): Promise<EdgeAnswer> => {
    try {
      return answer(await flight.landed, 'Miss', at)
    } catch {
      // Also when it was dropped meanwhile: whoever waits here asked before.
      if (known) return answer(known, 'Stale', at)
      stats.outcome('Error')
      return nothingKnown
    }
  }

  return {
    read: async (key) => {
      const at = now().getTime()
      const entry = entries.get(key)
      if (entry === undefined) return asked(fetchOnce(key, undefined), undefined, at)
      const use = useOf(entry, at)
      if (use === 'hit') return answer(entry, 'Hit', at)
      if (use === 'stale') return answer(entry, 'Stale', at)
      const flight = fetchOnce(key, entry)
      if (use === 'stale, and ask') return answer(entry, 'Stale', at)
      return asked(flight, use === 'ask, else stale' ? entry : undefined, at)
    },
    purge: (tags) => {
      const dropped = tags.map((tag) => tag.toLowerCase())
      stats.count('purges')
      flights.drop(dropped)
      return entries.drop(dropped)
    },
    stats: () => ({ ...stats.read(), ...entries.size() }),
    settled: flights.settled,
  }
}

const nothingKnown: EdgeAnswer = { status: 502, headers: {}, body: noBytes, ageSeconds: 0, outcome: 'Error' }

const ageOf = ({ storedAtMilliseconds }: Entry, at: number): number => (at - storedAtMilliseconds) / 1000

type Use = 'hit' | 'stale' | 'stale, and ask' | 'ask, else stale' | 'ask'

/** What a read may do with an answer that is known. */
function useOf(entry: Entry, at: number): Use {
  const standing = standingOf(entry.lifetime, ageOf(entry, at))
  if (standing === 'fresh') return 'hit'
  if (standing === 'over') return 'ask'
  const { askedInVainAtMilliseconds: failedAt } = entry
  if (failedAt !== undefined && at - failedAt < quietMilliseconds) return 'stale'
  return standing === 'revalidate' ? 'stale, and ask' : 'ask, else stale'
}
