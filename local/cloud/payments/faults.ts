/** `unavailable`: nothing is done. `lost_answer`: it is done, and nobody hears of it. */
export type Fault = 'unavailable' | 'lost_answer'

/** What the next requests meet, for tests. */
export type Faults = {
  readonly next: () => Fault | undefined
  readonly set: (fault: Fault, count: number) => void
  readonly left: () => number
}

export function createFaults(): Faults {
  let fault: Fault | undefined
  let left = 0
  return {
    left: () => left,
    set: (wanted, count) => {
      fault = wanted
      left = count
    },
    next: () => {
      if (left === 0) return undefined
      left -= 1
      return fault
    },
  }
}
