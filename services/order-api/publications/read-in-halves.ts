import { ResultTooLarge } from '#chassis/database.ts'

type Reading<T, Before> = {
  /** What comes below `before`, at most `limit` of it. */
  readonly read: (before: Before, limit: number) => Promise<T[]>
  /** Where the next part begins. */
  readonly after: (last: T) => Before
}

/** A part of a list, however large its rows are: in halves until they fit into the 1 MiB of one answer of the database. */
export async function readInHalves<T, Before>(
  reading: Reading<T, Before>,
  before: Before,
  limit: number,
): Promise<T[]> {
  try {
    return await reading.read(before, limit)
  } catch (error) {
    if (!(error instanceof ResultTooLarge) || limit === 1) throw error
    const half = Math.ceil(limit / 2)
    const first = await readInHalves(reading, before, half)
    const last = first.at(-1)
    if (first.length < half || last === undefined) return first
    return [...first, ...(await readInHalves(reading, reading.after(last), limit - half))]
  }
}
