import fontkit, { type Font } from '@cantoo/fontkit'
import bidiFactory from 'bidi-js'
import { readAsset } from '../../assets/read-asset.ts'
import { typefaceFamilies, typefaceFile } from '../../assets/typeface-files.ts'

/** Stands for signs that no typeface has; never boxes. */
export const missing = '(…)'

/** What text is drawn with. */
export type Typefaces = {
  /** The font that has a sign; undefined where none has. */
  readonly fontOf: (codePoint: number) => Font | undefined
  /** By code unit: even from left to right, odd from right to left; the first letter decides for the line. */
  readonly levelsOf: (line: string) => Uint8Array
}

/** By slice: the code points that it holds, such as "U+4e00-4e02,U+4e09". */
type Slices = Readonly<Record<string, string>>

/** The typefaces that a text needs: of their hundreds of files only those that hold its signs are read. */
export async function readTypefaces(text: string): Promise<Typefaces> {
  const found = new Map<number, Font>()
  const whole = `${missing}${text.normalize('NFC')}${text.normalize('NFKD')}`
  let left: readonly number[] = [...new Set(whole)].map((sign) => sign.codePointAt(0) ?? 0)
  for (const name of Object.keys(typefaceFamilies)) {
    if (left.length > 0) await readFamily(name, left, found)
    left = left.filter((code) => !found.has(code))
  }
  const { getEmbeddingLevels } = bidiFactory()
  return {
    fontOf: (codePoint) => found.get(codePoint),
    levelsOf: (line) => getEmbeddingLevels(line, 'auto').levels,
  }
}

async function readFamily(name: string, codes: readonly number[], found: Map<number, Font>): Promise<void> {
  const family = typefaceFamilies[name]
  if (family === undefined) return
  const slices: Slices = JSON.parse((await readAsset(`fonts/${name}/unicode.json`)).toString('utf8'))
  for (const [key, ranges] of Object.entries(slices)) {
    const slice = key.replaceAll(/[[\]]/g, '')
    if (family.slices?.includes(slice) === false) continue
    const wanted = codesIn(ranges, codes).filter((code) => !found.has(code))
    if (wanted.length === 0) continue
    const font = fontOf(await readAsset(typefaceFile(name, family, slice)))
    for (const code of wanted) if (font?.hasGlyphForCodePoint(code)) found.set(code, font)
  }
}

const regular = 400

/** Varied only where the file by itself is not regular: fontkit cannot vary glyphs of WOFF2 that are put together of others. */
function fontOf(file: Buffer): Font | undefined {
  const font = fontkit.create(file)
  if (!('layout' in font)) return undefined
  const own = font.variationAxes.wght?.default ?? regular
  return own === regular ? font : font.getVariation({ wght: regular })
}

function codesIn(ranges: string, codes: readonly number[]): readonly number[] {
  const bounds = ranges.split(',').map((range) => {
    const [from = '', to = from] = range.trim().replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const
  })
  return codes.filter((code) => bounds.some(([from, to]) => code >= from && code <= to))
}
