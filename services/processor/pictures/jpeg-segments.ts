import type { ByteSource } from '../pdf/byte-source.ts'

/** From the first byte up to, not including, the last. */
export type ByteRange = { readonly from: number; readonly to: number }

/** A marker with its length and body; `from` is the place of its 0xff. */
export type JpegSegment = ByteRange & { readonly marker: number }

const startOfScan = 0xda
const endOfImage = 0xd9
/** Cameras write about ten, editors some hundred; an XMP of 4 GB in pieces of 64 KB is no picture. */
const mostSegments = 2000
const chunkBytes = 1 << 18

/** Application data and comments: camera data with places, thumbnails, profiles, words. */
export const isBeside = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe

/** What stands before the first scan, and where that begins; undefined when there is no way to a scan. */
export function headerSegments(
  bytes: ByteSource,
): { readonly list: readonly JpegSegment[]; readonly scanAt: number } | undefined {
  const list: JpegSegment[] = []
  let at = 2
  while (list.length < mostSegments) {
    const head = bytes.read(at, at + 4)
    if (head.length < 4 || head[0] !== 0xff) return undefined
    const marker = head.readUInt8(1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === startOfScan) return { list, scanAt: at }
    const to = at + 2 + head.readUInt16BE(2)
    if (to > bytes.size || to < at + 4) return undefined
    list.push({ marker, from: at, to })
    at = to
  }
  return undefined
}

/** The body of a segment, at most `mostBytes` of it. */
export const bodyOf = (bytes: ByteSource, { from, to }: ByteRange, mostBytes = 65_535): Buffer =>
  bytes.read(from + 4, Math.min(to, from + 4 + mostBytes))

/**
 * From the first scan to the end mark of the primary picture, without what programs put between scans; undefined when
 * that mark is missing. What follows (a phone's second picture, a video) is not looked at.
 */
export function scanRanges(bytes: ByteSource, scanAt: number): readonly ByteRange[] | undefined {
  const ranges: ByteRange[] = []
  let start = scanAt
  let mark: ByteRange & { readonly marker: number } = { marker: startOfScan, from: scanAt, to: scanAt + 2 }
  while (ranges.length < mostSegments) {
    if (mark.marker === endOfImage) return [...ranges, { from: start, to: mark.to }]
    const length = bytes.read(mark.to, mark.to + 2)
    if (length.length < 2 || length.readUInt16BE(0) < 2) return undefined
    const end = mark.to + length.readUInt16BE(0)
    if (isBeside(mark.marker)) {
      if (mark.from > start) ranges.push({ from: start, to: mark.from })
      start = end
    }
    const next = nextMark(bytes, end)
    if (!next) return undefined
    mark = next
  }
  return undefined
}

/** The same for a file of ours, which has one scan and nothing behind it: its end is looked at, not looked for. */
export function scanToEnd(bytes: ByteSource, scanAt: number): readonly ByteRange[] | undefined {
  const isWhole = bytes.read(bytes.size - 2, bytes.size).toString('hex') === 'ffd9'
  return isWhole ? [{ from: scanAt, to: bytes.size }] : undefined
}

/** The next marker that is neither a stuffed 0xff nor a restart. */
function nextMark(bytes: ByteSource, from: number): JpegSegment | undefined {
  for (let base = from; base < bytes.size; base += chunkBytes) {
    // One byte more than the step, so that a mark across two chunks is seen.
    const chunk = bytes.read(base, base + chunkBytes + 1)
    for (let at = chunk.indexOf(0xff); at >= 0 && at + 1 < chunk.length; at = chunk.indexOf(0xff, at + 1)) {
      const marker = chunk[at + 1] ?? 0
      const isData = marker === 0 || marker === 0xff || marker === 1 || (marker >= 0xd0 && marker <= 0xd7)
      if (!isData) return { marker, from: base + at, to: base + at + 2 }
    }
  }
  return undefined
}
