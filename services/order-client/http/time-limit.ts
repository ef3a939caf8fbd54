/** A signal that aborts after a time, or with `outer`. (`AbortSignal.any` is newer than Node 18.) */
export type TimeLimit = {
  readonly signal: AbortSignal
  readonly isOver: () => boolean
  /** To be called when the work is done. */
  readonly clear: () => void
}

export function timeLimit(milliseconds: number, outer?: AbortSignal): TimeLimit {
  const controller = new AbortController()
  let isOver = false
  const timer = setTimeout(() => {
    isOver = true
    controller.abort()
  }, milliseconds)
  const follow = (): void => controller.abort(outer?.reason)
  if (outer?.aborted) follow()
  outer?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    isOver: () => isOver,
    clear: () => {
      clearTimeout(timer)
      outer?.removeEventListener('abort', follow)
    },
  }
}
