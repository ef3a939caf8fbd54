/**
 * One JPEG out of several that show bands of one picture from top to bottom. Each band's entropy-coded data becomes a
 * restart interval: there, too, prediction begins anew and bits begin at a byte. So a picture is written in bounded
 * memory, and to every reader it is one baseline JPEG.
 *
 * The bands must come from one encoder with fixed Huffman tables, without subsampling, and have `rowsPx` rows each, a
 * multiple of 8, but for the last; a band may hold `mostBlocks` blocks.
 */
export class JpegBands {
  private readonly heightPx: number
  private readonly interval: number
  private count = 0

  constructor(widthPx: number, heightPx: number, rowsPx: number) {
    this.heightPx = heightPx
    this.interval = Math.ceil(widthPx / 8) * Math.ceil(rowsPx / 8)
    if (rowsPx % 8 !== 0 || this.interval > mostBlocks) {
      throw new RangeError(
        `Bands of ${rowsPx} rows of ${widthPx} pixels cannot be joined: wanted are multiples of 8, at most ${mostBlocks} blocks`,
      )
    }
  }

  /** What the next band adds to the file. */
  add(band: Buffer): Buffer {
    const { headers, frameAt, data } = partsOf(band)
    const index = this.count
    this.count += 1
    if (index > 0) return Buffer.concat([Buffer.from([0xff, 0xd0 + ((index - 1) & 7)]), data])
    const first = Buffer.from(headers)
    first.writeUInt16BE(this.heightPx, frameAt + 5)
    const restarts = Buffer.from([0xff, 0xdd, 0, 4, this.interval >> 8, this.interval & 0xff])
    return Buffer.concat([first.subarray(0, frameAt), restarts, first.subarray(frameAt), data])
  }

  /** The end of the file. */
  end(): Buffer {
    return Buffer.from([0xff, endOfImage])
  }
}

/** A restart interval is counted in 16 bits. */
export const mostBlocks = 65_535

const startOfFrame = 0xc0
const startOfScan = 0xda
const endOfImage = 0xd9

type Parts = {
  /** Up to the entropy-coded data. */
  readonly headers: Buffer
  readonly frameAt: number
  readonly data: Buffer
}

function partsOf(jpeg: Buffer): Parts {
  let frameAt = 0
  for (let at = 2; at + 4 <= jpeg.length; ) {
    const marker = jpeg.readUInt8(at + 1)
    const next = at + 2 + jpeg.readUInt16BE(at + 2)
    if (marker === startOfFrame) frameAt = at
    if (marker === startOfScan && frameAt > 0) {
      return { headers: jpeg.subarray(0, next), frameAt, data: jpeg.subarray(next, jpeg.length - 2) }
    }
    at = next
  }
  throw new Error('The encoder wrote no baseline JPEG: bands cannot be joined')
}
