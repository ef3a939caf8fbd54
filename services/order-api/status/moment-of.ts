/** The first moment of the year 10000, which PostgreSQL and everybody else would write in another way. */
const endMilliseconds = 253_402_300_800_000

/**
 * A moment that a facility told, in UTC, so that texts of moments compare as they follow each other. What PostgreSQL would refuse, as an
 * offset of a day or a leap second, would keep every statement from running that reads it: it is `otherwise`.
 */
export function momentOf(told: string, otherwise: Date): string {
  const at = Date.parse(told)
  return (at >= 0 && at < endMilliseconds ? new Date(at) : otherwise).toISOString()
}
