import { oneLine } from '../mail/one-line.ts'

export type Glyphs = { readonly has: (codePoint: number) => boolean }

/** Stands for signs that a typeface lacks. */
export const left = '(…)'

/** Text as a typeface can write it: letters without their marks where only those lack, and a visible gap for the rest; never boxes. */
export function printableText(text: string, glyphs: Glyphs): string {
  const signs = [...oneLine(text, 300).normalize('NFC')]
  const written = signs.map((sign) => writable(sign, glyphs) ?? '\u0000').join('')
  return written.replace(/\0[\0\s]*\0|\0/g, left)
}

function writable(sign: string, glyphs: Glyphs): string | undefined {
  const code = sign.codePointAt(0) ?? 0
  if (glyphs.has(code)) return sign
  // Spaces that languages put into amounts, joiners and selectors of signs that were left out.
  if (/\s/u.test(sign)) return ' '
  if (/\p{Cf}|\p{VS}/u.test(sign)) return ''
  const letter = sign.normalize('NFD').codePointAt(0) ?? 0
  return letter !== code && glyphs.has(letter) ? String.fromCodePoint(letter) : undefined
}
