type Placed = { readonly path: string }

/** Pairs of what has the same path; one of them where the other has no such path. Both come in the order of their paths. */
export async function* sideBySide<R extends Placed, L extends Placed>(
  ones: AsyncGenerator<R>,
  others: AsyncGenerator<L>,
): AsyncGenerator<readonly [R | undefined, L | undefined]> {
  let one = await nextOf(ones)
  let other = await nextOf(others)
  while (one || other) {
    const isOneFirst = one !== undefined && (other === undefined || one.path <= other.path)
    const isOtherFirst = other !== undefined && (one === undefined || other.path <= one.path)
    yield [isOneFirst ? one : undefined, isOtherFirst ? other : undefined]
    if (isOneFirst) one = await nextOf(ones)
    if (isOtherFirst) other = await nextOf(others)
  }
}

async function nextOf<T>(from: AsyncGenerator<T>): Promise<T | undefined> {
  const { done, value } = await from.next()
  return done ? undefined : value
}
