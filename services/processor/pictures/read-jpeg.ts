import type { ByteSource } from '../pdf/byte-source.ts'
import { adobeMark, type JpegColour, jpegColour } from './jpeg-colour.ts'
import { jpegProfile } from './jpeg-profile.ts'
import { type ByteRange, bodyOf, headerSegments, isBeside, type JpegSegment, scanRanges } from './jpeg-segments.ts'

/** A JPEG that a press's interpreter reads as it is. */
export type JpegHeaders = JpegColour & {
  readonly widthPx: number
  readonly heightPx: number
  readonly components: 1 | 3 | 4
  /** The profile in the file, whole but not judged. */
  readonly profile: Buffer | undefined
  /** The bytes that belong into a print file: no camera data, no thumbnails, nothing after the picture's end. */
  readonly segments: readonly ByteRange[]
}

const baselineExtendedProgressive: readonly number[] = [0xc0, 0xc1, 0xc2]
const notFrames: readonly number[] = [0xc4, 0xc8, 0xcc]

/**
 * The headers of a JPEG that needs no new encoding (Huffman, 8 bit, 1, 3 or 4 components, complete, colours that every
 * program takes for the same), or undefined. Reads the headers and looks for the end; keeps nothing of the picture.
 */
export function readJpeg(bytes: ByteSource, scansFrom: typeof scanRanges = scanRanges): JpegHeaders | undefined {
  if (bytes.read(0, 2).toString('hex') !== 'ffd8') return undefined
  const header = headerSegments(bytes)
  if (!header) return undefined
  const { list, scanAt } = header
  const frame = frameOf(bytes, list)
  const colour = frame && jpegColour(bytes, list, frame.ids)
  const scans = frame && colour && scansFrom(bytes, scanAt)
  if (!frame || !colour || !scans) return undefined
  const { widthPx, heightPx, components } = frame
  const adobe = adobeMark(bytes, list)
  const kept = list.filter((segment) => segment === adobe?.segment || !isBeside(segment.marker))
  const segments = joined([{ from: 0, to: 2 }, ...kept, ...scans])
  return { widthPx, heightPx, components, profile: jpegProfile(bytes, list), ...colour, segments }
}

/** Ranges that touch become one. */
function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const list: ByteRange[] = []
  for (const { from, to } of ranges) {
    const last = list.at(-1)
    if (last?.to === from) list[list.length - 1] = { from: last.from, to }
    else list.push({ from, to })
  }
  return list
}

function frameOf(bytes: ByteSource, list: readonly JpegSegment[]) {
  const frames = list.filter(({ marker }) => marker >= 0xc0 && marker <= 0xcf && !notFrames.includes(marker))
  const [frame] = frames
  if (!frame || frames.length > 1 || !baselineExtendedProgressive.includes(frame.marker)) return undefined
  const body = bodyOf(bytes, frame)
  if (body.length < 6 || body.readUInt8(0) !== 8) return undefined
  const heightPx = body.readUInt16BE(1)
  const widthPx = body.readUInt16BE(3)
  const components = countOf(body.readUInt8(5))
  if (!components || widthPx === 0 || heightPx === 0 || body.length !== 6 + components * 3) return undefined
  return { widthPx, heightPx, components, ids: Array.from({ length: components }, (_, i) => body.readUInt8(6 + i * 3)) }
}

function countOf(value: number): 1 | 3 | 4 | undefined {
  return value === 1 || value === 3 || value === 4 ? value : undefined
}
