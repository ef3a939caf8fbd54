/** Runs work on one key after another, work on different keys side by side. */
export type OneAtATime = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Two deliveries of one ticket, a retry and an operator's command never work on the same job at once. */
export function createOneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}
