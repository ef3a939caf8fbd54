import type { ByteSource } from '../pdf/byte-source.ts'
import { bodyOf, type JpegSegment } from './jpeg-segments.ts'

const mark = Buffer.from('ICC_PROFILE\0', 'latin1')
/** Mark, number of the part, count of parts. */
const partHeaderBytes = 14
/** Press profiles take up to 3 MB. */
const mostProfileBytes = 16_000_000

/** The colour profile, put together from its parts; undefined when there is none or one is missing. */
export function jpegProfile(bytes: ByteSource, list: readonly JpegSegment[]): Buffer | undefined {
  const parts = list
    .filter((segment) => segment.marker === 0xe2 && bodyOf(bytes, segment, mark.length).equals(mark))
    .map((segment) => bodyOf(bytes, segment))
    .filter((body) => body.length > partHeaderBytes)
    .toSorted((one, other) => one.readUInt8(12) - other.readUInt8(12))
  if (parts.length === 0 || parts.some((body, index) => body.readUInt8(12) !== index + 1)) return undefined
  if (parts[0]?.readUInt8(13) !== parts.length) return undefined
  const profile = Buffer.concat(parts.map((body) => body.subarray(partHeaderBytes)))
  const declared = profile.length >= 132 ? profile.readUInt32BE(0) : 0
  if (declared < 132 || declared > profile.length || declared > mostProfileBytes) return undefined
  return profile.subarray(0, declared)
}
