/**
 * Drops everything that carries one of these tags, wherever it is kept. The same `reference` is the same wish: said twice, it is done once.
 * Throws when it is not certain that all of it is dropped; Transient when it may work later.
 */
export type Purge = (tags: readonly string[], reference: string) => Promise<void>

/** Several caches, one behind another or side by side, as one. */
export const purgeAll =
  (purges: readonly Purge[]): Purge =>
  async (tags, reference) => {
    await Promise.all(purges.map((purge) => purge(tags, reference)))
  }

/** So many at a time. */
export function chunksOf<T>(items: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / most)
  return Array.from({ length: count }, (_, index) => items.slice(index * most, (index + 1) * most))
}
