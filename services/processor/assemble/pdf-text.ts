const decimals = 4

/** A number as PDF writes it: no exponent, at most four decimals (0.00004 mm), no trailing zeros. */
export function numberText(value: number): string {
  const text = value.toFixed(decimals).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}

export const numbersText = (values: readonly number[]): string => values.map(numberText).join(' ')

/** Words for people inside a PDF: UTF-16 with its mark, in hexadecimal; any script survives. */
export function textString(text: string): string {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
  return `<${bytes.toString('hex').toUpperCase()}>`
}
