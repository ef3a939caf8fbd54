import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@redis/client'
import type { Log } from '../log.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { SharedStore } from './shared-store.ts'

/** Longer than any answer of a healthy server nearby takes; the load that it would spare takes about as long. */
const answerWithinMilliseconds = 50
const mostFailures = 3
const pauseMilliseconds = 5_000
/** A server that hangs takes commands and gives nothing back: what waits for it has a bound. */
const mostCommandsWaiting = 1_000
const connectWithinMilliseconds = 2_000
const longestPauseMilliseconds = 5_000
const pingMilliseconds = 5_000
/** Without a word for so long, pings included, the connection is dead whatever TCP says. */
const silenceMilliseconds = 15_000

export type RedisStore = SharedStore & { readonly close: () => void }

/** A store in Redis or Valkey. It need not be there: it is looked for in the background, and until it is found nothing is kept in it. */
export function createRedisStore(options: {
  /** redis://… or rediss://…, with the password in it where there is one. */
  readonly url: string
  readonly log: Log
  readonly now: () => Date
}): RedisStore {
  const { log } = options
  const client = createClient({
    url: options.url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: mostCommandsWaiting,
    pingInterval: pingMilliseconds,
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: connectWithinMilliseconds,
      socketTimeout: silenceMilliseconds,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** Math.min(tries, 10), longestPauseMilliseconds),
    },
  })
  let isOut = false
  const tell = (is: boolean, error?: unknown): void => {
    if (is === isOut) return
    isOut = is
    log.warn({ err: error }, is ? 'shared_cache_left_out' : 'shared_cache_back')
  }
  const breaker = createBreaker({ mostFailures, pauseMilliseconds, now: options.now, changed: tell })
  client.on('error', (error: unknown) => tell(true, error))
  client.on('ready', () => tell(false))
  client.connect().catch((error: unknown) => log.error({ err: error }, 'shared_cache_unusable'))
  const ask = <A>(command: () => Promise<A>): Promise<A | undefined> =>
    client.isReady && breaker.mayTry() ? withinTime(command(), breaker) : Promise.resolve(undefined)
  return {
    get: async (key) => (await ask(() => client.get(key))) ?? undefined,
    set: async (key, text, milliseconds) =>
      void (await ask(() => client.set(key, text, { expiration: { type: 'PX', value: milliseconds } }))),
    delete: async (key) => void (await ask(() => client.del(key))),
    close: () => client.destroy(),
  }
}

/** The answer, or undefined when it fails or does not come in time. */
async function withinTime<A>(answer: Promise<A>, { succeeded, failed }: Breaker): Promise<A | undefined> {
  const ended = new AbortController()
  const late = wait(answerWithinMilliseconds, 'late' as const, { signal: ended.signal }).catch(() => 'late' as const)
  const judged = answer.then((value) => ({ value })).catch(() => undefined)
  const first = await Promise.race([judged, late])
  ended.abort()
  if (first === undefined || first === 'late') {
    failed()
    return undefined
  }
  succeeded()
  return first.value
}
