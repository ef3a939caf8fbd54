/** RGBA, rows from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly data: Buffer }

const differsBy = 64
/** Pixels of a neighbourhood. */
const around = 9
const most = differsBy * around

/**
 * Share of the pixels that differ once each is the mean of its neighbourhood; the outermost ones are left out.
 *
 * A place on the sheet is seldom a whole number of pixels of the source's page, and then dots, hairlines and hard edges fall
 * into the next pixel. So what one picture shows at a pixel counts as shown where the other has it there or one pixel
 * beside, asked both ways: what is missing, added, of another colour or moved by two pixels counts as before.
 */
export function differing(one: Picture, other: Picture): number {
  const { width, height } = one
  const row = width * 4
  const rows = Array.from({ length: height }, (_, y) => differenceOf(one, other, y * row, row))
  let count = 0
  for (let y = 1; y < height - 1; y += 1) {
    const three = [rows[y - 1], rows[y], rows[y + 1]].filter((each) => each !== undefined)
    if (three.length === 0) continue
    for (const x of unlike(summed(three, row), width)) {
      if (isMissing(one, other, x, y) || isMissing(other, one, x, y)) count += 1
    }
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

/** Columns where the means differ. */
function unlike(sums: Int16Array, width: number): number[] {
  const sumAt = (at: number): number => Math.abs((sums[at - 4] ?? 0) + (sums[at] ?? 0) + (sums[at + 4] ?? 0))
  const columns: number[] = []
  for (let x = 1; x < width - 1; x += 1) {
    const at = x * 4
    if (sumAt(at) > most || sumAt(at + 1) > most || sumAt(at + 2) > most) columns.push(x)
  }
  return columns
}

const channels = [0, 1, 2]
const near = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ right, down })))

/** Is what `shown` has at this pixel beyond all that `there` has within one pixel of it? */
function isMissing(shown: Picture, there: Picture, x: number, y: number): boolean {
  return channels.some((channel) => {
    const wanted = sumAround(shown, x, y, channel)
    const found = near.map(({ right, down }) => sumAround(there, x + right, y + down, channel))
    return wanted < Math.min(...found) - most || wanted > Math.max(...found) + most
  })
}

/** Beyond an edge its last pixel goes on. */
function sumAround({ width, height, data }: Picture, x: number, y: number, channel: number): number {
  let sum = 0
  for (const { right, down } of near) {
    const column = Math.min(width - 1, Math.max(0, x + right))
    const row = Math.min(height - 1, Math.max(0, y + down))
    sum += data[(row * width + column) * 4 + channel] ?? 0
  }
  return sum
}
