/** Work that several callers wait for is done once. Whoever stops waiting leaves it to the others. */
export type UnderWay<T> = (key: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

export function createUnderWay<T>(): UnderWay<T> {
  const known = new Map<string, Promise<T>>()
  return (key, work, signal) => {
    if (signal?.aborted) return Promise.reject(signal.reason)
    const going = known.get(key) ?? work().finally(() => known.delete(key))
    known.set(key, going)
    return signal === undefined ? going : untilAborted(going, signal)
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
