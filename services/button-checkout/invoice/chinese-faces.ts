import { readFile } from 'node:fs/promises'
import fontkit from '@cantoo/fontkit'
import type { PDFDocument } from '@cantoo/pdf-lib'
import type { Face } from './invoice-pen.ts'

const family = '@fontsource-variable/noto-sans-sc'
const weights = { regular: 400, bold: 600 } as const

/** By file number: the code points that it holds, such as "U+4e00-4e02,U+4e09". */
type Slices = Readonly<Record<string, string>>

/**
 * Noto Sans SC for the signs that the embedded typeface lacks, cut down to those. The typeface comes in a hundred files; only those that a text
 * needs are read, and none for most invoices.
 */
export async function chineseFaces(doc: PDFDocument, signs: readonly number[]): Promise<readonly Face[]> {
  if (signs.length === 0) return []
  const slices: Slices = JSON.parse(await readFile(fileOf('unicode.json'), 'utf8'))
  const wanted = Object.entries(slices).flatMap(([name, ranges]) => {
    const found = signs.filter((code) => isIn(ranges, code))
    const number = /^\[(\d+)\]$/.exec(name)?.[1]
    return found.length > 0 && number !== undefined ? [{ number, found }] : []
  })
  return (await Promise.all(wanted.map(({ number, found }) => faceOf(doc, number, found)))).flat()
}

const fileOf = (name: string): URL => new URL(import.meta.resolve(`${family}/${name}`))

function isIn(ranges: string, code: number): boolean {
  return ranges.split(',').some((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-')
    return code >= Number.parseInt(from, 16) && code <= Number.parseInt(to, 16)
  })
}

async function faceOf(doc: PDFDocument, number: string, codes: readonly number[]): Promise<readonly Face[]> {
  const { default: subsetFont } = await import('subset-font')
  const slice = await readFile(fileOf(`files/noto-sans-sc-${number}-wght-normal.woff2`))
  const text = String.fromCodePoint(...codes)
  const cut = (wght: number) => subsetFont(slice, text, { targetFormat: 'truetype', variationAxes: { wght } })
  const program = await cut(weights.regular)
  const glyphs = signsIn(program)
  if (glyphs.size === 0) return []
  return [{ glyphs, regular: await doc.embedFont(program), bold: await doc.embedFont(await cut(weights.bold)) }]
}

/** None, where a file lacks what its list promises: there is no table of signs then. */
function signsIn(program: Buffer): ReadonlySet<number> {
  try {
    const font = fontkit.create(program)
    return new Set('characterSet' in font ? font.characterSet : [])
  } catch {
    return new Set()
  }
}
