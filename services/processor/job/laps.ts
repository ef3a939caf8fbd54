/** Milliseconds since the last call, by stage, for the log. */
export type Lap = (stage: string) => Readonly<Record<string, number>>

/** Starts the clock of one job. */
export function startLaps(): Lap {
  const laps: Record<string, number> = {}
  let last = performance.now()
  return (stage) => {
    const now = performance.now()
    laps[stage] = Math.round(now - last)
    last = now
    return laps
  }
}
