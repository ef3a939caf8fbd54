import type { Look, Rgb } from './facts.ts'

const whiteFrom = 252

/** Colours of a small picture: RGB or RGBA bytes, rows from the top. */
export function lookOf(picture: {
  readonly data: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}): Look {
  const { data, widthPx, heightPx } = picture
  const step = data.length / (widthPx * heightPx)
  const edges = new Map<string, Sum>()
  const mean = emptySum()
  let darkest = 255
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const at = (y * widthPx + x) * step
      const pixel = [data[at] ?? 255, data[at + 1] ?? 255, data[at + 2] ?? 255] as const
      add(mean, pixel)
      if (x === 0 || y === 0 || x === widthPx - 1 || y === heightPx - 1) addAlike(edges, pixel)
      darkest = Math.min(darkest, ...pixel)
    }
  }
  return { edge: average(commonest(edges)), mean: average(mean), isBlank: darkest >= whiteFrom }
}

type Sum = { red: number; green: number; blue: number; count: number }
const emptySum = (): Sum => ({ red: 0, green: 0, blue: 0, count: 0 })

function add(sum: Sum, [red, green, blue]: readonly [number, number, number]): void {
  sum.red += red
  sum.green += green
  sum.blue += blue
  sum.count += 1
}

/** Colours that share their upper four bits count as alike. */
function addAlike(groups: Map<string, Sum>, pixel: readonly [number, number, number]): void {
  const key = pixel.map((value) => value >> 4).join()
  const group = groups.get(key) ?? emptySum()
  groups.set(key, group)
  add(group, pixel)
}

/** A mean would mix a band on one side with the paper on the others into a colour that is nowhere on the page. */
function commonest(groups: ReadonlyMap<string, Sum>): Sum {
  return [...groups.values()].reduce((most, group) => (group.count > most.count ? group : most), emptySum())
}

function average({ red, green, blue, count }: Sum): Rgb {
  const mean = (value: number): number => Math.round(value / Math.max(1, count))
  return { red: mean(red), green: mean(green), blue: mean(blue) }
}
