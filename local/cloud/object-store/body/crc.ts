const castagnoli = buildTable(0x82f63b78)

/** CRC-32C (Castagnoli) of `data`, continued from `crc`. */
export function crc32c(data: Uint8Array, crc = 0): number {
  let low = ~crc >>> 0
  for (let i = 0; i < data.length; i++) {
    low = (low >>> 8) ^ (castagnoli[(low ^ (data[i] ?? 0)) & 0xff] ?? 0)
  }
  return ~low >>> 0
}

/** For a reflected polynomial. */
function buildTable(polynomial: number): Uint32Array {
  const table = new Uint32Array(256)
  for (let value = 0; value < 256; value++) {
    let remainder = value
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ ((remainder & 1) === 1 ? polynomial : 0)
    table[value] = remainder
  }
  return table
}
