const lookEveryMilliseconds = 500

/**
 * Calls `gone` once when the shell that npm runs its scripts in has ended: a SIGTERM to npm ends that shell, which does not hand
 * it on. Started without npm nothing is watched, so that a start in the background may outlive its terminal.
 */
export function onParentGone(gone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, lookEveryMilliseconds)
  timer.unref()
}
