/** Tables for reflected polynomials; 64-bit remainders are kept as two 32-bit halves because BigInt is 50 times slower. */
type Table = { readonly low: Uint32Array; readonly high: Uint32Array }

const castagnoli = buildTable(0, 0x82f63b78)
const nvme = buildTable(0x9a6c9329, 0xac4bc9b5)

/** CRC-32C (Castagnoli) of `data`, continued from `crc`. */
export function crc32c(data: Uint8Array, crc = 0): number {
  let low = ~crc >>> 0
  for (let i = 0; i < data.length; i++) {
    low = (low >>> 8) ^ at(castagnoli.low, (low ^ at(data, i)) & 0xff)
  }
  return ~low >>> 0
}

/** CRC-64/NVME of `data`, continued from `crc`, as [high, low] 32-bit halves. */
export function crc64nvme(data: Uint8Array, crc: readonly [number, number] = [0, 0]): readonly [number, number] {
  let high = ~crc[0] >>> 0
  let low = ~crc[1] >>> 0
  for (let i = 0; i < data.length; i++) {
    const index = (low ^ at(data, i)) & 0xff
    low = ((low >>> 8) | (high << 24)) ^ at(nvme.low, index)
    high = (high >>> 8) ^ at(nvme.high, index)
  }
  return [~high >>> 0, ~low >>> 0]
}

function at(bytes: Uint8Array | Uint32Array, index: number): number {
  return bytes[index] ?? 0
}

function buildTable(polynomialHigh: number, polynomialLow: number): Table {
  const low = new Uint32Array(256)
  const high = new Uint32Array(256)
  for (let value = 0; value < 256; value++) {
    let [h, l] = [0, value]
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (l & 1) === 1
      l = ((l >>> 1) | (h << 31)) ^ (isOdd ? polynomialLow : 0)
      h = (h >>> 1) ^ (isOdd ? polynomialHigh : 0)
    }
    low[value] = l
    high[value] = h
  }
  return { low, high }
}
