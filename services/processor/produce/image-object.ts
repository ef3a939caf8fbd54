import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { type ObjectNumber, type PdfWriter, referTo } from '../assemble/pdf-writer.ts'
import { memoryBytes } from '../pdf/byte-sources.ts'
import { mostPixels } from '../pictures/pixel-limits.ts'
import { type JpegHeaders, readJpeg } from '../pictures/read-jpeg.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { Place } from '../plan/job-plan.ts'

const quality = 92
const deviceSpaces: Readonly<Record<number, string>> = { 1: '/DeviceGray', 3: '/DeviceRGB', 4: '/DeviceCMYK' }

/** Writes an image as an XObject, as stored (not turned): a sound JPEG byte by byte, anything else as a new JPEG. */
export async function writeImage(
  path: string,
  { isPassable, reduceTo }: Pick<Place, 'isPassable' | 'reduceTo'>,
  writer: PdfWriter,
): Promise<ObjectNumber> {
  const stored = isPassable && !reduceTo ? await readFile(path) : undefined
  const original = stored && readJpeg(memoryBytes(stored))
  const bytes = stored && original ? stored : await encoded(path, reduceTo)
  const headers = original ?? readJpeg(memoryBytes(bytes))
  if (!headers) throw new Error('The encoder wrote a JPEG that cannot be read')
  const { widthPx, heightPx, components, isInverted, segments } = headers
  const bare = Buffer.concat(segments.map(({ from, to }) => bytes.subarray(from, to)))
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

async function encoded(path: string, reduceTo: Place['reduceTo']): Promise<Buffer> {
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
