/**
 * CRC-64/NVME, the checksum that S3 keeps of an object made by copying parts: nobody has to read it whole. The SDK's own
 * stands in an internal package of it. 64-bit remainders are kept as two 32-bit halves: BigInt is 50 times slower.
 */
export type Crc64Nvme = {
  readonly update: (data: Uint8Array) => void
  /** As S3 says it: eight bytes, the highest first, in base64. May be asked at any time. */
  readonly digest: () => string
}

/** Reflected. */
const polynomial = { high: 0x9a6c9329, low: 0xac4bc9b5 } as const
/** Eight bytes at a time, by eight tables of 256: four times as fast as byte by byte. */
const lanes = 8
const tables = buildTables()

export function createCrc64Nvme(): Crc64Nvme {
  const state = new Uint32Array([0xff_ff_ff_ff, 0xff_ff_ff_ff])
  return {
    update: (data) => advance(state, data),
    digest: () => {
      const bytes = Buffer.alloc(8)
      bytes.writeUInt32BE(~(state[1] ?? 0) >>> 0, 0)
      bytes.writeUInt32BE(~(state[0] ?? 0) >>> 0, 4)
      return bytes.toString('base64')
    },
  }
}

type Tables = { readonly low: Int32Array; readonly high: Int32Array }

/** `state`: low half, high half. */
function advance(state: Uint32Array, data: Uint8Array): void {
  const { low: lows, high: highs } = tables
  let [low = 0, high = 0] = state
  low |= 0
  high |= 0
  let at = 0
  for (const end = data.length - (data.length % lanes); at < end; at += lanes) {
    low ^= word(data, at)
    high ^= word(data, at + 4)
    // Written out: a loop over the eight takes four times as long.
    const a = 0x700 | (low & 0xff)
    const b = 0x600 | ((low >>> 8) & 0xff)
    const c = 0x500 | ((low >>> 16) & 0xff)
    const d = 0x400 | (low >>> 24)
    const e = 0x300 | (high & 0xff)
    const f = 0x200 | ((high >>> 8) & 0xff)
    const g = 0x100 | ((high >>> 16) & 0xff)
    const h = high >>> 24
    low = entry(lows, a) ^ entry(lows, b) ^ entry(lows, c) ^ entry(lows, d)
    low ^= entry(lows, e) ^ entry(lows, f) ^ entry(lows, g) ^ entry(lows, h)
    high = entry(highs, a) ^ entry(highs, b) ^ entry(highs, c) ^ entry(highs, d)
    high ^= entry(highs, e) ^ entry(highs, f) ^ entry(highs, g) ^ entry(highs, h)
  }
  for (; at < data.length; at++) {
    const index = (low ^ (data[at] ?? 0)) & 0xff
    low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0)
    high = (high >>> 8) ^ (highs[index] ?? 0)
  }
  state[0] = low
  state[1] = high
}

const entry = (table: Int32Array, index: number): number => table[index] ?? 0

const word = (data: Uint8Array, at: number): number =>
  (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16) | ((data[at + 3] ?? 0) << 24)

/** Table n gives the remainder of a byte that n more zero bytes follow. */
function buildTables(): Tables {
  const low = new Int32Array(lanes * 256)
  const high = new Int32Array(lanes * 256)
  for (let value = 0; value < 256; value++) {
    let [l, h] = [value, 0]
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (l & 1) === 1
      l = ((l >>> 1) | (h << 31)) ^ (isOdd ? polynomial.low : 0)
      h = (h >>> 1) ^ (isOdd ? polynomial.high : 0)
    }
    low[value] = l
    high[value] = h
  }
  for (let index = 256; index < lanes * 256; index++) {
    const [l, h] = [low[index - 256] ?? 0, high[index - 256] ?? 0]
    low[index] = ((l >>> 8) | (h << 24)) ^ (low[l & 0xff] ?? 0)
    high[index] = (h >>> 8) ^ (high[l & 0xff] ?? 0)
  }
  return { low, high }
}
