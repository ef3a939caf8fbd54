/** One round of load: how long all of it took, and each call. */
export type Load = { readonly milliseconds: number; readonly latenciesMs: readonly number[] }

/** Makes `count` calls, `atOnce` of them at any moment; the first that fails ends the round with its error. */
export async function runLoad(count: number, atOnce: number, call: (index: number) => Promise<void>): Promise<Load> {
  const latenciesMs: number[] = []
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      const startedAt = performance.now()
      await call(index)
      latenciesMs.push(performance.now() - startedAt)
    }
  }
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: atOnce }, caller))
  return { milliseconds: performance.now() - startedAt, latenciesMs }
}
