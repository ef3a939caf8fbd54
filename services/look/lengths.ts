import { millimetresPerInch } from '#contracts/geometry/lengths.ts'

const inchReaders = /^en-US\b/i

/** "210 × 297 mm", or in inches for readers in the United States. */
export function sizeText(widthMm: number, heightMm: number, locale: string): string {
  const isInch = inchReaders.test(locale)
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: isInch ? 2 : 1 })
  const [width, height] = [widthMm, heightMm].map((mm) => number.format(isInch ? mm / millimetresPerInch : mm))
  return `${width} × ${height} ${isInch ? 'in' : 'mm'}`
}

/** One length, in the reader's unit. */
export function lengthText(mm: number, locale: string): string {
  const isInch = inchReaders.test(locale)
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: isInch ? 2 : 1 })
  return `${number.format(isInch ? mm / millimetresPerInch : mm)} ${isInch ? 'in' : 'mm'}`
}
