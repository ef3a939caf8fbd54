import { missing, type Typefaces } from './typefaces.ts'

/** Text as the typefaces can write it on one line: letters without marks where only the marks lack, a visible gap for the rest. */
export function printable(text: string, { fontOf }: Typefaces): string {
  const written = [...oneLine(text)].map((sign) => writable(sign, fontOf) ?? '\u0000').join('')
  return written.replace(/\0[\0\s]*\0|\0/g, missing).trim()
}

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')

function writable(sign: string, fontOf: Typefaces['fontOf']): string | undefined {
  if (fontOf(sign.codePointAt(0) ?? 0) !== undefined) return sign
  if (/\s/u.test(sign)) return ' '
  // Joiners, selectors and marks of direction of signs that are left out; the order of a line is ours to decide.
  if (/\p{Cf}|\p{VS}|\p{M}/u.test(sign)) return ''
  const letter = sign.normalize('NFKD').codePointAt(0) ?? 0
  return fontOf(letter) === undefined ? undefined : String.fromCodePoint(letter)
}
