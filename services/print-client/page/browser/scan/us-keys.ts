/** Where a scanner that types as on a US keyboard meets a machine with another one: what it meant, out of which key it pressed. */
export function usKey(code: string, isShift: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return letter.toLowerCase()
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1]
  if (digit) return digit
  if (code === 'Minus') return isShift ? '_' : '-'
  return code === 'NumpadSubtract' ? '-' : ''
}
