/** Bytes [from, from + length) of the source with this number, as a converter asks its parent for them. */
export type AskedRange = { readonly source: number; readonly from: number; readonly length: number }

/** Both ends of the pipe keep to these; a converter that does not is in a hostile file's hands. */
export const mostRangesAtOnce = 2048
export const mostRangeBytes = 1 << 20

/** Said in place of a length: the range is not given, and nothing comes after. */
export const refused = 0xff_ff_ff_ff

/** The socket between parent and converter, beside stdin, stderr and the answers. */
export const rangesDescriptor = 4

const headBytes = 4
const rangeBytes = 16

/** How many there are, then number of the source, place and length of each. */
export function writeFrame(ranges: readonly AskedRange[]): Buffer {
  const frame = Buffer.alloc(headBytes + ranges.length * rangeBytes)
  frame.writeUInt32LE(ranges.length, 0)
  for (const [index, { source, from, length }] of ranges.entries()) {
    const at = headBytes + index * rangeBytes
    frame.writeUInt32LE(source, at)
    frame.writeDoubleLE(from, at + 4)
    frame.writeUInt32LE(length, at + 12)
  }
  return frame
}

/** The first frame of `bytes` and what comes after it; undefined while it is not whole. Throws RangeError for nonsense. */
export function readFrame(
  bytes: Buffer,
): { readonly ranges: readonly AskedRange[]; readonly rest: Buffer } | undefined {
  if (bytes.length < headBytes) return undefined
  const count = bytes.readUInt32LE(0)
  if (count === 0 || count > mostRangesAtOnce) throw new RangeError(`${count} ranges at once`)
  const end = headBytes + count * rangeBytes
  if (bytes.length < end) return undefined
  const ranges = Array.from({ length: count }, (_, index) => {
    const at = headBytes + index * rangeBytes
    return {
      source: bytes.readUInt32LE(at),
      from: bytes.readDoubleLE(at + 4),
      length: bytes.readUInt32LE(at + 12),
    }
  })
  return { ranges, rest: bytes.subarray(end) }
}
