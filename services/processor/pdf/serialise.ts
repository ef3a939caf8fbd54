import { isRegular } from './characters.ts'
import { PdfName, PdfRef, PdfStream, PdfString, type PdfValue } from './values.ts'

/** A value in PDF syntax. References are written by `refer`; a stream is written as its dictionary. */
export function textOf(value: PdfValue, refer: (ref: PdfRef) => string): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (value instanceof PdfName) return nameText(value.text)
  if (value instanceof PdfString) return `<${value.bytes.toString('hex')}>`
  if (value instanceof PdfRef) return refer(value)
  if (value instanceof PdfStream) return textOf(value.dict, refer)
  return 'get' in value ? dictText(value, refer) : arrayText(value, refer)
}

function dictText(dict: ReadonlyMap<string, PdfValue>, refer: (ref: PdfRef) => string): string {
  let text = '<<'
  for (const [key, value] of dict) text += `${nameText(key)} ${textOf(value, refer)}`
  return `${text}>>`
}

function arrayText(items: Iterable<PdfValue>, refer: (ref: PdfRef) => string): string {
  const texts: string[] = []
  for (const item of items) texts.push(textOf(item, refer))
  return `[${texts.join(' ')}]`
}

/** Without an exponent, which PDF does not know (ISO 32000-1, 7.3.3). */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return '0'
  const text = String(value === 0 ? 0 : value)
  if (!text.includes('e')) return text
  const [digits = '0', exponent = '0'] = text.split('e')
  const sign = digits.startsWith('-') ? '-' : ''
  const [whole = '0', fraction = ''] = digits.replace('-', '').split('.')
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`
}

const plainName = /^[A-Za-z0-9_.+-]*$/

/** Anything but regular characters between `!` and `~` is escaped (7.3.5). */
function nameText(text: string): string {
  if (plainName.test(text)) return `/${text}`
  let written = '/'
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index) & 255
    const isPlain = code > 32 && code < 127 && code !== 35 && isRegular(code)
    written += isPlain ? String.fromCharCode(code) : `#${code.toString(16).padStart(2, '0')}`
  }
  return written
}
