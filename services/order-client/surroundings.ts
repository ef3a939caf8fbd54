/** `fetch` as this client uses it. */
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>

/** Everything that the client takes from the outside, so that a test can put its own in place. */
export type Surroundings = {
  readonly fetch: Fetch
  readonly nowEpochMs: () => number
  /** 0 ≤ x < 1 */
  readonly random: () => number
  /** Rejects with the signal's reason when that aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Its fetch keeps answers and asks whether they still hold by itself, as browsers do. */
  readonly hasHttpCache?: boolean
}

/** What this runtime has. */
export const ownSurroundings = (fetch: Fetch = (address, init) => globalThis.fetch(address, init)): Surroundings => ({
  fetch,
  nowEpochMs: () => Date.now(),
  random: () => Math.random(),
  wait,
  // Pages and their workers have an address; Node has none.
  hasHttpCache: 'location' in globalThis,
})

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const timer = setTimeout(done, milliseconds)
    function done(): void {
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    function stop(): void {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}
