/** Draws ranks from 0 on: the one of rank r comes 1 / (r + 1) as often as the first (Zipf's law with exponent 1). */
export function zipf(ranks: number, random: () => number): () => number {
  const upTo = new Float64Array(ranks)
  let sum = 0
  for (let rank = 0; rank < ranks; rank += 1) {
    sum += 1 / (rank + 1)
    upTo[rank] = sum
  }
  return () => {
    const drawn = random() * sum
    let [low, high] = [0, ranks - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] ?? 0) <= drawn) low = middle + 1
      else high = middle
    }
    return low
  }
}
