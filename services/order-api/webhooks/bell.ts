/** Lets others of this process wake a loop: the database says what there is to do, the bell only that it is worth a look. */
export type Bell = {
  readonly ring: () => void
  /** Until the bell rings, `milliseconds` are over, or `signal` aborts; one waits at a time. A bell that rang before is heard at once. */
  readonly heard: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Without `AbortSignal.any`: each one made of a signal that lives as long as the process costs it a little memory for ever. */
export function createBell(): Bell {
  let isRung = false
  let wake: (() => void) | undefined
  return {
    ring: () => {
      isRung = true
      wake?.()
    },
    heard: async (milliseconds, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, milliseconds)
      wake = resolve
      signal.addEventListener('abort', wake, { once: true })
      if (isRung || signal.aborted) resolve()
      await promise
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      wake = undefined
      isRung = false
    },
  }
}
