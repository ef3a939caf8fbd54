import type { ByteSource } from '../pdf/byte-source.ts'
import { bodyOf, headerSegments, type JpegSegment } from './jpeg-segments.ts'

/** How Android, Adobe, Apple and ISO 21496-1 name a gain map, in XMP, in a segment or in the parts of a HEIC. */
const names = ['hdr-gain-map', 'HDRGainMap', 'hdrgainmap', 'urn:iso:std:iso:ts:21496']
/** Item and property boxes stand at the start of a HEIC or AVIF file. */
const boxBytes = 1 << 18
const secondHeaderBytes = 1 << 16
/** A camera appends two or three pictures. */
const mostAppended = 8

/** A second picture that makes the first one brighter on screens that can; it says nothing to paper. */
export function hasGainMap(bytes: ByteSource, format: string): boolean {
  if (format === 'heic' || format === 'avif') return isNamedIn(bytes.read(0, boxBytes))
  const list = format === 'jpeg' ? headerSegments(bytes)?.list : undefined
  if (!list) return false
  const notes = list.filter(({ marker }) => marker === 0xe1 || marker === 0xe2)
  if (notes.some((segment) => !isProfile(bytes, segment) && isNamedIn(bodyOf(bytes, segment)))) return true
  return appendedAt(bytes, list).some((at) => isNamedIn(bytes.read(at, at + secondHeaderBytes)))
}

const isNamedIn = (part: Buffer): boolean => names.some((name) => part.includes(name))

const isProfile = (bytes: ByteSource, segment: JpegSegment): boolean =>
  bodyOf(bytes, segment, 4).toString('latin1') === 'ICC_'

/** Where the list of pictures (CIPA DC-007, multi-picture format) says that others begin. */
function appendedAt(bytes: ByteSource, list: readonly JpegSegment[]): number[] {
  const segment = list.find((each) => each.marker === 0xe2 && bodyOf(bytes, each, 4).toString('latin1') === 'MPF\0')
  if (!segment) return []
  const body = bodyOf(bytes, segment).subarray(4)
  try {
    return entriesOf(body).map((offset) => segment.from + 8 + offset)
  } catch (error) {
    // A list that points beyond itself names no pictures.
    if (error instanceof RangeError) return []
    throw error
  }
}

function entriesOf(body: Buffer): number[] {
  const isLittle = body.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (isLittle ? body.readUInt16LE(at) : body.readUInt16BE(at))
  const long = (at: number): number => (isLittle ? body.readUInt32LE(at) : body.readUInt32BE(at))
  const start = long(4)
  for (let index = 0; index < short(start); index += 1) {
    const at = start + 2 + index * 12
    if (short(at) !== 0xb002) continue
    const count = Math.min(mostAppended, Math.floor(long(at + 4) / 16))
    return Array.from({ length: count }, (_, entry) => long(long(at + 8) + entry * 16 + 8)).filter((to) => to > 0)
  }
  return []
}
