/** What a byte means to PDF syntax (ISO 32000-1, 7.2.2). */
export const regular = 0
export const white = 1
export const delimiter = 2

const kinds = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) kinds[code] = white
for (const code of Buffer.from('()<>[]{}/%', 'latin1')) kinds[code] = delimiter

export const kindOf = (code: number): number => kinds[code] ?? white
export const isRegular = (code: number): boolean => kinds[code] === regular
export const isWhite = (code: number): boolean => kinds[code] === white
export const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Value of a hex digit, -1 for anything else. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

/** Past white space and comments. */
export function skipBlank(buffer: Buffer, from: number): number {
  let at = from
  for (; at < buffer.length; at++) {
    const code = buffer[at] ?? 0
    if (code === 37) {
      while (at < buffer.length && buffer[at] !== 10 && buffer[at] !== 13) at++
    } else if (kinds[code] !== white) return at
  }
  return Math.min(at, buffer.length)
}

/** Whether `word` (ASCII) stands at this place. */
export function standsAt(buffer: Buffer, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    if (buffer[at + index] !== word.charCodeAt(index)) return false
  }
  return true
}
