import { Transient } from '#chassis/errors.ts'

export type InHalves<I, R> = {
  readonly rows: readonly R[]
  /** Those that could not be read even alone, and why. */
  readonly failed: ReadonlyMap<I, unknown>
}

/**
 * Reads what belongs to many things at once; where that is too large for one answer, or one of them cannot be read, in halves: one that is
 * broken holds up no other. Throws Transient when the database does not answer.
 */
export async function inHalves<I, R>(
  items: readonly I[],
  read: (items: readonly I[]) => Promise<readonly R[]>,
): Promise<InHalves<I, R>> {
  const [first] = items
  if (first === undefined) return { rows: [], failed: new Map() }
  try {
    return { rows: await read(items), failed: new Map() }
  } catch (error) {
    if (error instanceof Transient) throw error
    if (items.length === 1) return { rows: [], failed: new Map([[first, error]]) }
  }
  const middle = Math.ceil(items.length / 2)
  const one = await inHalves(items.slice(0, middle), read)
  const other = await inHalves(items.slice(middle), read)
  return { rows: [...one.rows, ...other.rows], failed: new Map([...one.failed, ...other.failed]) }
}
