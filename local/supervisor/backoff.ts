const firstMilliseconds = 100
const mostMilliseconds = 5_000
/** A process that lived this long has recovered: its next death is a new story. */
const healthyMilliseconds = 10_000

/** How long to wait before the next restart, in ms: doubles from 100 ms to 5 s, and begins anew after 10 s of life. */
export function nextDelay(previousMilliseconds: number | undefined, livedMilliseconds: number): number {
  if (previousMilliseconds === undefined || livedMilliseconds >= healthyMilliseconds) return firstMilliseconds
  return Math.min(previousMilliseconds * 2, mostMilliseconds)
}
