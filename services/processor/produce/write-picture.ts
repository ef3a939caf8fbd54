import { join } from 'node:path'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import { openPictureBytes } from '../pictures/picture-bytes.ts'
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
  const data = openPictureBytes(join(folder, picture.file), segments)
  try {
    const number = writer.reserve()
    writer.putStreamFrom(number, entries, data, 0, data.size)
    return number
  } finally {
    data.close()
  }
}
