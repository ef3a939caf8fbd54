import { type FSWatcher, watch } from 'node:fs'
import type { Clock } from '#chassis/clock.ts'
import type { Log } from '#chassis/log.ts'

export type WatchOptions = {
  readonly folder: string
  /** Looks at the whole folder; never runs twice at once. What it throws is logged and it is called again. */
  readonly look: () => Promise<void>
  readonly pollMilliseconds: number
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * Calls `look` at once, at every change the system tells of, and every `pollMilliseconds`: network drives tell of nothing.
 * Resolves after the signal aborts and the look under way has ended.
 */
export async function watchFolder(options: WatchOptions): Promise<void> {
  const { folder, look, pollMilliseconds, log, clock, signal } = options
  let wake = new AbortController()
  const watcher = watcherOf(folder, log, () => wake.abort())
  try {
    while (!signal.aborted) {
      wake = new AbortController()
      try {
        await look()
      } catch (error) {
        log.warn({ err: error, folder }, 'folder_not_read')
      }
      await clock.sleep(pollMilliseconds, AbortSignal.any([signal, wake.signal]))
    }
  } finally {
    watcher?.close()
  }
}

/** Without a watcher the poll alone does it, a little later. */
function watcherOf(folder: string, log: Log, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange)
    watcher.on('error', (error) => {
      log.warn({ err: error, folder }, 'folder_not_watched')
      watcher.close()
    })
    return watcher
  } catch (error) {
    log.warn({ err: error, folder }, 'folder_not_watched')
    return undefined
  }
}
