/** What postal codes are written with, by their values 0 to 35. */
export const signsOf = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export const isDigit = (sign: number): boolean => sign < 10
/** Between the signs of a code. */
export const separator = -1
/** In no code. */
export const noSign = -2

/** From the wide signs of an Asian keyboard to the same in ASCII. */
const wideStart = 0xff01
const wideEnd = 0xff5e
const wideStep = 0xfee0

/** The value of the sign at a place of a text, `separator` or `noSign`; small and wide letters are letters. Makes no string. */
export function signAt(text: string, index: number): number {
  const found = text.charCodeAt(index)
  const code = found >= wideStart && found <= wideEnd ? found - wideStep : found
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const capital = code >= 0x61 && code <= 0x7a ? code - 0x20 : code
  if (capital >= 0x41 && capital <= 0x5a) return capital - 0x41 + 10
  return isBetween(code) ? separator : noSign
}

/** Space, hyphen, full stop, space that does not break, hyphens and dashes of Unicode, wide space, minus. */
const isBetween = (code: number): boolean =>
  code === 0x20 ||
  code === 0x2d ||
  code === 0x2e ||
  code === 0xa0 ||
  (code >= 0x2010 && code <= 0x2015) ||
  code === 0x3000 ||
  code === 0x2212
