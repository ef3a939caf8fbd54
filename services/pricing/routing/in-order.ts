type Compare<Item> = (a: Item, b: Item) => number

/** The first of some in order, without sorting the thousand behind them. */
export function firstOf<Item>(items: readonly Item[], count: number, compare: Compare<Item>): readonly Item[] {
  if (items.length <= count) return items.toSorted(compare)
  const first: Item[] = []
  for (const item of items) insertAmong(first, item, count, compare)
  return first
}

/** Keeps at most `count` in order. */
export function insertAmong<Item>(first: Item[], item: Item, count: number, compare: Compare<Item>): void {
  const last = first[count - 1]
  if (last !== undefined && compare(item, last) >= 0) return
  let place = Math.min(first.length, count - 1)
  for (; place > 0; place -= 1) {
    const before = first[place - 1]
    if (before === undefined || compare(before, item) <= 0) break
    first[place] = before
  }
  first[place] = item
}

/** So many are sorted at first: few callers want more. */
const usuallyEnough = 16

/** One after the other in order: all are sorted only for whoever wants more than the first ones. */
export function* inOrder<Item>(items: readonly Item[], compare: Compare<Item>): Generator<Item> {
  yield* firstOf(items, usuallyEnough, compare)
  if (items.length > usuallyEnough) yield* items.toSorted(compare).slice(usuallyEnough)
}
