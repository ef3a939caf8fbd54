/** Gives what is wanted, in any order, while up to `ahead` of what comes next is being made. */
export type LookAhead<T> = (key: string) => Promise<T>

/**
 * Starts work along `keys` (distinct, in the order in which they will be wanted). Who asks waits for the one thing only; how
 * many are under way changes no byte, as everything is written by the one who asks.
 */
export function lookAhead<T>(keys: readonly string[], make: (key: string) => Promise<T>, ahead: number): LookAhead<T> {
  const underWay = new Map<string, Promise<T>>()
  let next = 0

  const start = (key: string): Promise<T> => {
    const made = make(key)
    // Told to whoever asks for it; until then a failure must not end the process.
    made.catch(() => undefined)
    underWay.set(key, made)
    return made
  }
  const fill = (): void => {
    while (next < keys.length && underWay.size < ahead) {
      const key = keys[next]
      next += 1
      if (key !== undefined && !underWay.has(key)) start(key)
    }
  }
  return async (key) => {
    fill()
    const made = underWay.get(key) ?? start(key)
    try {
      return await made
    } finally {
      underWay.delete(key)
      fill()
    }
  }
}
