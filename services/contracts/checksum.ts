/**
 * CRC-32 as in zip of a text in ASCII, written with `digits`, most significant first, filled up to `length`: what was mistyped or cut
 * off is seen without asking anybody.
 */
export function checksumOf(text: string, digits: string, length: number): string {
  let rest = crc32(text)
  let checksum = ''
  for (let place = 0; place < length; place += 1) {
    checksum = digits.charAt(rest % digits.length) + checksum
    rest = Math.floor(rest / digits.length)
  }
  return checksum
}

function crc32(text: string): number {
  let crc = 0xffffffff
  for (let place = 0; place < text.length; place += 1) {
    crc ^= text.charCodeAt(place)
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
