/** Counts faults that follow one another in the same words. */
export type FaultCount = {
  /** How often it was so by now, where it is to be told: at its 1st, 2nd, 4th, 8th … time. */
  readonly failed: (error: unknown) => number | undefined
  readonly worked: () => void
}

/** For the log: what is away for an hour must not fill it. */
export function countFaults(): FaultCount {
  let last: { readonly words: string; readonly times: number } | undefined
  return {
    failed: (error) => {
      const words = String(error)
      const times = last?.words === words ? last.times + 1 : 1
      last = { words, times }
      return Number.isInteger(Math.log2(times)) ? times : undefined
    },
    worked: () => {
      last = undefined
    },
  }
}
