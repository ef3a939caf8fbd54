/** What stands in a JPEG's headers. */
export type JpegHeaders = {
  readonly widthPx: number
  readonly heightPx: number
  readonly components: number
  readonly profile: Buffer | undefined
  /** Adobe's mark in a four-colour file: ink values are stored the other way round. */
  readonly isInverted: boolean
  /** The file without camera data, thumbnails and whatever follows its end. */
  readonly bare: Buffer
}

const startOfScan = 0xda
const endOfImage = 0xd9
const baselineExtendedProgressive = [0xc0, 0xc1, 0xc2]
const profileMark = Buffer.from('ICC_PROFILE\0', 'latin1')

/**
 * The headers of a JPEG that a press's interpreter can read as it is (Huffman, 8 bit, 1, 3 or 4 components, complete),
 * or undefined when it must be encoded anew. Rules: PRINT-FILES §1.
 */
export function readJpeg(bytes: Buffer): JpegHeaders | undefined {
  const segments = segmentsOf(bytes)
  if (!segments) return undefined
  const frame = segments.list.find(
    ({ marker }) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker),
  )
  if (!frame || !baselineExtendedProgressive.includes(frame.marker) || frame.body.length < 6) return undefined
  const components = frame.body.readUInt8(5)
  if (frame.body.readUInt8(0) !== 8 || ![1, 3, 4].includes(components)) return undefined
  const end = endAfter(bytes, segments.scanAt)
  const heightPx = frame.body.readUInt16BE(1)
  const widthPx = frame.body.readUInt16BE(3)
  if (end === undefined || widthPx === 0 || heightPx === 0) return undefined
  const kept = segments.list.filter(isNeeded).map(({ from, to }) => bytes.subarray(from, to))
  return {
    widthPx,
    heightPx,
    components,
    profile: profileOf(segments.list, components),
    isInverted: components === 4 && segments.list.some(isAdobe),
    bare: Buffer.concat([bytes.subarray(0, 2), ...kept, bytes.subarray(segments.scanAt, end)]),
  }
}

type Segment = { readonly marker: number; readonly body: Buffer; readonly from: number; readonly to: number }

function segmentsOf(bytes: Buffer): { readonly list: readonly Segment[]; readonly scanAt: number } | undefined {
  const list: Segment[] = []
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === startOfScan) return { list, scanAt: at }
    const to = at + 2 + bytes.readUInt16BE(at + 2)
    if (to > bytes.length) return undefined
    list.push({ marker, body: bytes.subarray(at + 4, to), from: at, to })
    at = to
  }
  return undefined
}

/** Past the end marker of the primary picture: a phone may append a second one, or a video. */
function endAfter(bytes: Buffer, scanAt: number): number | undefined {
  for (let at = bytes.indexOf(0xff, scanAt + 2); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === endOfImage) return at + 2
  }
  return undefined
}

const isAdobe = ({ marker, body }: Segment): boolean => marker === 0xee && body.toString('latin1', 0, 5) === 'Adobe'

/** Application data (EXIF with places, XMP, thumbnails, profiles) and comments go; Adobe's mark tells the colour transform. */
function isNeeded(segment: Segment): boolean {
  const { marker } = segment
  if (marker === 0xee) return isAdobe(segment)
  return !(marker >= 0xe0 && marker <= 0xef) && marker !== 0xfe
}

const spaces = new Map([
  [1, 'GRAY'],
  [3, 'RGB '],
  [4, 'CMYK'],
])

function profileOf(list: readonly Segment[], components: number): Buffer | undefined {
  const parts = list
    .filter(({ marker, body }) => marker === 0xe2 && body.subarray(0, 12).equals(profileMark) && body.length > 14)
    .toSorted((one, other) => one.body.readUInt8(12) - other.body.readUInt8(12))
  const profile = Buffer.concat(parts.map(({ body }) => body.subarray(14)))
  const isWhole = profile.length >= 132 && profile.readUInt32BE(0) === profile.length
  const fits =
    profile.toString('latin1', 36, 40) === 'acsp' && profile.toString('latin1', 16, 20) === spaces.get(components)
  return isWhole && fits ? profile : undefined
}
