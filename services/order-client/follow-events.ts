import type { AccountEvent, AccountEventList } from './contract-types.ts'
import { PrintcloudError } from './printcloud-error.ts'
import type { Surroundings } from './surroundings.ts'

export type FollowOptions = {
  /** Sequence of the last event that you have; without it, from the very first event on. */
  readonly after?: number
  /** Events of this type only. */
  readonly type?: string
  /** Ends the loop, without an error. */
  readonly signal?: AbortSignal
}
type ReadPage = (after: number, signal: AbortSignal | undefined) => Promise<AccountEventList>

const shortestPauseMilliseconds = 1_000
const longestPauseMilliseconds = 15_000

/**
 * Every event in its order, each once, for ever: asks at once while there is more, then with pauses from one second to
 * fifteen, also through an outage. Keep the sequence of what you have handled and give it as `after` the next time.
 */
export async function* followEvents(
  readPage: ReadPage,
  { wait, random }: Surroundings,
  { after = 0, signal }: FollowOptions,
): AsyncGenerator<AccountEvent> {
  let last = after
  let quiet = 0
  while (!signal?.aborted) {
    const page = await pageOrNothing(readPage, last, signal)
    for (const event of page?.data ?? []) {
      yield event
      if (signal?.aborted) return
    }
    last = page?.next ?? last
    quiet = page !== undefined && page.data.length > 0 ? 0 : quiet + 1
    if (!page?.has_more) await pause(quiet)
  }

  async function pause(rounds: number): Promise<void> {
    const milliseconds = Math.min(longestPauseMilliseconds, shortestPauseMilliseconds * 1.5 ** rounds)
    await wait(milliseconds * (0.75 + random() / 2), signal).catch((reason: unknown) => {
      if (!signal?.aborted) throw reason
    })
  }
}

/** Nothing, where there was no answer now or nobody waits for one any more. */
async function pageOrNothing(
  readPage: ReadPage,
  after: number,
  signal: AbortSignal | undefined,
): Promise<AccountEventList | undefined> {
  try {
    const page = await readPage(after, signal)
    // Not from the API: as good as no answer.
    return Array.isArray(page.data) && typeof page.next === 'number' ? page : undefined
  } catch (error) {
    if (signal?.aborted || (error instanceof PrintcloudError && error.isRetryable)) return undefined
    throw error
  }
}
