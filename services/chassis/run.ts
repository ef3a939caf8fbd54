import type { Log } from './log.ts'

/** What a started service gives back: how to finish what it holds. */
export type Running = { readonly drain: () => Promise<void> }

/** Several parts of one service as one: they drain at the same time. */
export const together = (...parts: readonly Running[]): Running => ({
  drain: async () => {
    await Promise.all(parts.map(({ drain }) => drain()))
  },
})

/** A drain that takes longer than this is cut off: two minutes is all that a spot machine gets. */
const drainLimitMilliseconds = 25_000

/**
 * Runs a service until SIGTERM or SIGINT: start, say "ready" to a supervisor that listens, wait, stop taking, drain, leave.
 * `signal` aborts at the first sign of the end; waits inside the service must hear it. An error at start ends with exit code 1.
 */
export async function run(log: Log, start: (signal: AbortSignal) => Promise<Running>): Promise<void> {
  const ending = new AbortController()
  const ended = new Promise<void>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.on(name, () => {
        ending.abort(new Error(name))
        resolve()
      })
    }
  })
  // A supervisor that dies takes its children with it: an orphan would hold ports and jobs that its successor needs.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  try {
    const running = await start(ending.signal)
    log.info('ready')
    process.send?.('ready')
    await ended
    const limit = setTimeout(() => leave(log, 'drain_cut_off', 1), drainLimitMilliseconds)
    await running.drain()
    clearTimeout(limit)
    leave(log, 'stopped', 0)
  } catch (error) {
    log.fatal({ err: error }, 'start_or_stop_failed')
    leave(log, 'stopped', 1)
  }
}

function leave(log: Log, event: string, code: number): void {
  log.info({ code }, event)
  log.flush()
  process.exit(code)
}
