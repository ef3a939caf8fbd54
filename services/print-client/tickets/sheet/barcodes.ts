import bwip from 'bwip-js/node'
import type { Canvas } from './canvas.ts'

/** Free room that scanners need beside a code, in modules. */
const quietModules = { code128: 10, qr: 4 } as const

/** A Code 128 as wide as it may be and no module wider than `mostModulePt`; `x` and `y` are its upper left corner, quiet zone included. */
export function drawCode128(
  canvas: Canvas,
  text: string,
  place: { readonly x: number; readonly y: number; readonly widthPt: number; readonly heightPt: number },
): void {
  const [symbol] = bwip.raw({ bcid: 'code128', text })
  const widths = symbol && 'sbs' in symbol ? symbol.sbs : []
  const modules = widths.reduce((sum, width) => sum + width, 0)
  const modulePt = Math.min(mostModulePt, place.widthPt / (modules + 2 * quietModules.code128))
  let x = place.x + quietModules.code128 * modulePt
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) canvas.fill(x, place.y, width * modulePt, place.heightPt)
    x += width * modulePt
  }
}

/** 0.33 mm: scanners see it from an arm's length. */
const mostModulePt = 0.94

/** A QR code with a quarter of it to spare (level Q); `sizePt` includes its quiet zone. */
export function drawQr(canvas: Canvas, text: string, x: number, y: number, sizePt: number): void {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=Q')
  if (!symbol || !('pixs' in symbol)) return
  const { pixs, pixx } = symbol
  const modulePt = sizePt / (pixx + 2 * quietModules.qr)
  for (let row = 0; row * pixx < pixs.length; row += 1) {
    for (const [from, to] of darkRuns(pixs.slice(row * pixx, row * pixx + pixx))) {
      const top = y + (quietModules.qr + row) * modulePt
      canvas.fill(x + (quietModules.qr + from) * modulePt, top, (to - from) * modulePt, modulePt)
    }
  }
}

function darkRuns(row: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  for (const [index, pixel] of row.entries()) {
    if (pixel !== 1) continue
    const last = runs.at(-1)
    if (last?.[1] === index) last[1] = index + 1
    else runs.push([index, index + 1])
  }
  return runs
}
