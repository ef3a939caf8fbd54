import { join } from 'node:path'
import type { ByteSource } from '../pdf/byte-source.ts'
import { joinedBytes, openFileBytes } from '../pdf/byte-sources.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { PreparedPicture } from '../pictures/prepare-picture.ts'
import { type Supplies, spaceText } from './supplies.ts'

const deviceSpaces: Readonly<Record<number, string>> = { 1: '/DeviceGray', 4: '/DeviceCMYK' }

/** Writes a prepared picture as an image XObject: its JPEG's bytes as they are, read piece by piece. */
export function writePicture(
  folder: string,
  picture: PreparedPicture,
  writer: PdfWriter,
  supplies: Supplies,
): ObjectNumber {
  const { widthPx, heightPx, components, isInverted, colorTransform, profile, segments } = picture
  const untagged = deviceSpaces[components] ?? spaceText(supplies.srgb())
  const space = profile ? spaceText(supplies.profileSpace(profile, components)) : untagged
  const entries = [
    `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /BitsPerComponent 8 /ColorSpace ${space}`,
    ...(isInverted ? ['/Decode [1 0 1 0 1 0 1 0]'] : []),
    '/Filter /DCTDecode',
    ...(colorTransform === undefined ? [] : [`/DecodeParms << /ColorTransform ${colorTransform} >>`]),
  ].join(' ')
  const file = openFileBytes(join(folder, picture.file))
  try {
    const data = joinedBytes(segments.map(({ from, to }) => partOf(file, from, to)))
    const number = writer.reserve()
    writer.putStreamFrom(number, entries, data, 0, data.size)
    return number
  } finally {
    file.close()
  }
}

const partOf = (bytes: ByteSource, start: number, end: number): ByteSource => ({
  size: end - start,
  read: (from, to) => bytes.read(start + Math.max(from, 0), start + Math.min(to, end - start)),
})
