/** One question to the origin that is under way. */
export type Flight<T> = {
  readonly landed: Promise<T>
  /** Whether one of these tags was dropped since it set out. */
  readonly isDropped: (tags: readonly string[]) => boolean
}

export type Flights<T> = {
  /** The one that a reader of this key may wait for. */
  readonly under: (key: string) => Flight<T> | undefined
  readonly start: (key: string, work: (flight: Flight<T>) => Promise<T>) => Flight<T>
  /**
   * Notes the tags with all that are under way. Nobody joins those any more: what they bring may be from before, and which tags it carries
   * is not known until it is there. Those who wait already asked before the drop.
   */
  readonly drop: (tags: readonly string[]) => void
  readonly settled: () => Promise<void>
}

/** Identical questions travel once. */
export function createFlights<T>(): Flights<T> {
  const joinable = new Map<string, Flight<T>>()
  const underWay = new Map<Flight<T>, Set<string>>()

  return {
    under: (key) => joinable.get(key),
    start: (key, work) => {
      const dropped = new Set<string>()
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      const flight: Flight<T> = { landed: promise, isDropped: (tags) => tags.some((tag) => dropped.has(tag)) }
      joinable.set(key, flight)
      underWay.set(flight, dropped)
      const over = (): void => {
        underWay.delete(flight)
        if (joinable.get(key) === flight) joinable.delete(key)
      }
      // In the background nobody waits for it; whoever waits hears of a failure all the same.
      promise.then(over, over)
      work(flight).then(resolve, reject)
      return flight
    },
    drop: (tags) => {
      joinable.clear()
      for (const dropped of underWay.values()) for (const tag of tags) dropped.add(tag)
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay.keys()].map(({ landed }) => landed))
    },
  }
}
