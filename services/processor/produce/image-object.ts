import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { type ObjectNumber, type PdfWriter, referTo } from '../assemble/pdf-writer.ts'
import { type JpegHeaders, readJpeg } from '../source/jpeg.ts'
import { imageEngine, mostPixels } from '../source/sharp-engine.ts'

const quality = 92
const deviceSpaces: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' }

/** Reduces the stored picture to so many pixels on its way. */
export type Reduction = { readonly widthPx: number; readonly heightPx: number }

/** Writes an image as an XObject, as stored (not turned): a sound JPEG byte by byte, anything else as a new JPEG. */
export async function writeImage(
  path: string,
  reduceTo: Reduction | undefined,
  writer: PdfWriter,
): Promise<ObjectNumber> {
  const original = reduceTo ? undefined : await passable(path)
  const headers = original ?? readJpeg(await encoded(path, reduceTo))
  if (!headers) throw new Error('The encoder wrote a JPEG that cannot be read')
  const { widthPx, heightPx, components, isInverted, bare } = headers
  const space = colourSpace(headers, writer)
  const decode = isInverted ? ' /Decode [1 0 1 0 1 0 1 0]' : ''
  const number = writer.reserve()
  writer.putStream(
    number,
    `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /BitsPerComponent 8 /ColorSpace ${
      space ?? deviceSpaces[components]
    }${decode} /Filter /DCTDecode`,
    bare,
  )
  return number
}

/** The JPEG itself, when its headers are in order and it decodes without complaint at an eighth of its size. */
async function passable(path: string): Promise<JpegHeaders | undefined> {
  const bytes = await readFile(path)
  const headers = bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpeg(bytes) : undefined
  if (!headers) return undefined
  const width = Math.max(1, Math.floor(headers.widthPx / 8))
  try {
    await imageEngine()(bytes, { failOn: 'warning', limitInputPixels: mostPixels }).resize({ width }).raw().toBuffer()
    return headers
  } catch {
    // Damaged: encoded anew below, as far as it can be decoded; inspect has told so.
    return undefined
  }
}

async function encoded(path: string, reduceTo: Reduction | undefined): Promise<Buffer> {
  const picture = imageEngine()(path, { failOn: 'none', limitInputPixels: mostPixels })
  const sized = reduceTo ? picture.resize(reduceTo.widthPx, reduceTo.heightPx, { fit: 'fill' }) : picture
  return await sized
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer()
}

function colourSpace({ profile, components }: JpegHeaders, writer: PdfWriter): string | undefined {
  if (!profile) return undefined
  const number = writer.reserve()
  const alternate = deviceSpaces[components] ?? '/DeviceRGB'
  writer.putStream(number, `/N ${components} /Alternate ${alternate} /Filter /FlateDecode`, deflateSync(profile))
  return `[/ICCBased ${referTo(number)}]`
}
