/** Something that can begin once others are done. */
export type Ordered = { readonly name: string; readonly after: readonly string[] }

/**
 * Runs `act` on every step as soon as all steps named in its `after` are done; what is independent runs at the same time.
 * Names that are not among the steps count as done. Rejects with the first failure. `after` must have no circle.
 */
export async function inOrder<S extends Ordered>(steps: readonly S[], act: (step: S) => Promise<void>): Promise<void> {
  const begun = new Map<string, Promise<void>>()
  const begin = (step: S): Promise<void> => {
    const running = begun.get(step.name)
    if (running) return running
    const before = steps.filter((each) => step.after.includes(each.name)).map(begin)
    const done = Promise.all(before).then(() => act(step))
    begun.set(step.name, done)
    return done
  }
  await Promise.all(steps.map(begin))
}

/** The same steps the other way round: each waits for all that came after it. */
export function reversed<S extends Ordered>(steps: readonly S[]): Array<Ordered & { readonly step: S }> {
  return steps.map((step) => ({
    name: step.name,
    after: steps.filter((each) => each.after.includes(step.name)).map((each) => each.name),
    step,
  }))
}
