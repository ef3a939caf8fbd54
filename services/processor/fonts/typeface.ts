import { readFile } from 'node:fs/promises'
import { readSfnt, type Sfnt } from './sfnt.ts'

/** Source Serif 4 (SIL Open Font Licence): Latin, Greek, Cyrillic, Vietnamese. SemiBold for titles, Regular for captions. */
export const weights = ['SemiBold', 'Regular'] as const
export type Weight = (typeof weights)[number]

export type Typeface = {
  readonly weight: Weight
  readonly program: Buffer
  readonly hasSign: (sign: string) => boolean
  /** In thousandths of an em. */
  readonly widthOf: (text: string) => number
  readonly box: Sfnt['box']
}

/** Height of capitals, in ems; lines are centred by it, as the eye does. */
export const capitalHeightEm = 0.67
/** Height of small letters without ascenders. */
export const smallHeightEm = 0.475
/** How far letters reach above and below the line, in ems. */
export const ascentEm = 0.91
export const descentEm = 0.24

const files: Readonly<Record<Weight, string>> = {
  SemiBold: '600SemiBold/SourceSerif4_600SemiBold.ttf',
  Regular: '400Regular/SourceSerif4_400Regular.ttf',
}
const opened = new Map<Weight, Promise<Typeface>>()

/** Read once a process (≈ 5 ms). */
export function typefaceOf(weight: Weight): Promise<Typeface> {
  const face = opened.get(weight) ?? open(weight)
  opened.set(weight, face)
  return face
}

async function open(weight: Weight): Promise<Typeface> {
  const program = await readFile(new URL(import.meta.resolve(`@expo-google-fonts/source-serif-4/${files[weight]}`)))
  const { glyphOf, widthOf, box } = readSfnt(program)
  const glyph = (sign: string): number => glyphOf(sign.codePointAt(0) ?? 0)
  return {
    weight,
    program,
    box,
    hasSign: (sign) => glyph(sign) !== 0,
    widthOf: (text) => [...text].reduce((sum, sign) => sum + widthOf(glyph(sign)), 0),
  }
}
