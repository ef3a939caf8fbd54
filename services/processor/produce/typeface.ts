import { readFile } from 'node:fs/promises'

/** One step of a glyph's outline, y downwards. */
export type OutlineStep =
  | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
  | { readonly type: 'Q'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
  | {
      readonly type: 'C'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly x: number
      readonly y: number
    }
  | { readonly type: 'Z' }

/** The part of opentype.js that covers need; its published types pull in the browser's. */
export type Typeface = {
  readonly hasChar: (character: string) => boolean
  readonly getAdvanceWidth: (text: string, sizePt: number) => number
  readonly getPath: (
    text: string,
    x: number,
    y: number,
    sizePt: number,
  ) => { readonly commands: readonly OutlineStep[] }
}

/** Height of capitals in Source Serif 4, in ems; lines are centred by it, as the eye does. */
export const capitalHeightEm = 0.67
/** How far letters reach below the line, in ems. */
export const descentEm = 0.24

let opened: Promise<Typeface> | undefined

/** Source Serif 4 SemiBold (SIL Open Font Licence): Latin, Greek, Cyrillic, Vietnamese. Parsed once a process (≈ 30 ms). */
export function coverTypeface(): Promise<Typeface> {
  opened ??= open()
  return opened
}

async function open(): Promise<Typeface> {
  const name = '@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf'
  const bytes = await readFile(new URL(import.meta.resolve(name)))
  const { parse } = await import('opentype.js/dist/opentype.mjs')
  return parse(Uint8Array.from(bytes).buffer)
}
