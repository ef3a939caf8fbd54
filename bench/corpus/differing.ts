/** RGBA, rows from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly data: Buffer }

const differsBy = 64
/** Pixels of a neighbourhood. */
const around = 9

/** Share of the pixels that differ once each is the mean of its neighbourhood; the outermost ones are left out. */
export function differing(one: Picture, other: Picture): number {
  const { width, height } = one
  const row = width * 4
  const rows = Array.from({ length: height }, (_, y) => differenceOf(one, other, y * row, row))
  let count = 0
  for (let y = 1; y < height - 1; y += 1) {
    const three = [rows[y - 1], rows[y], rows[y + 1]].filter((each) => each !== undefined)
    if (three.length > 0) count += countIn(summed(three, row), width)
  }
  return count / Math.max(1, (width - 2) * (height - 2))
}

/** Nothing where the rows are the same, which most are. */
function differenceOf(one: Picture, other: Picture, from: number, length: number): Int16Array | undefined {
  const [mine, theirs] = [one.data.subarray(from, from + length), other.data.subarray(from, from + length)]
  if (mine.equals(theirs)) return undefined
  const differences = new Int16Array(length)
  for (let at = 0; at < length; at += 1) differences[at] = (mine[at] ?? 0) - (theirs[at] ?? 0)
  return differences
}

function summed(rows: readonly Int16Array[], length: number): Int16Array {
  const sums = new Int16Array(length)
  for (const row of rows) {
    for (let at = 0; at < length; at += 1) sums[at] = (sums[at] ?? 0) + (row[at] ?? 0)
  }
  return sums
}

function countIn(sums: Int16Array, width: number): number {
  const sumAt = (at: number): number => Math.abs((sums[at - 4] ?? 0) + (sums[at] ?? 0) + (sums[at + 4] ?? 0))
  const most = differsBy * around
  let count = 0
  for (let at = 4; at < (width - 1) * 4; at += 4) {
    if (sumAt(at) > most || sumAt(at + 1) > most || sumAt(at + 2) > most) count += 1
  }
  return count
}
