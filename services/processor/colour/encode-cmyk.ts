import sharp from 'sharp'
import { asCmykTiff, tiffHeadBytes } from './cmyk-tiff.ts'
import { JpegBands, mostBlocks } from './jpeg-bands.ts'

/** Adobe's way: in the file 255 is no ink, so the PDF image needs /Decode [1 0 1 0 1 0 1 0]. */
export const isCmykJpegInverted = true

/** JPEG counts rows and columns in 16 bits; libjpeg stops here. */
export const mostJpegPx = 65_500

const quality = 92
/** About 4 MB of pixels a band: large enough that starting the encoder does not show. */
const bandPixels = 1_000_000

/** A band begins with as many bytes of room: what the encoder has to be told is written there, so that nothing is copied. */
export const bandRoomBytes = tiffHeadBytes

/** Rows of a band, a multiple of 8; the last band of a picture has what is left. */
export function cmykBandRows(widthPx: number): number {
  const blocksAcross = Math.ceil(widthPx / 8)
  const blocksDown = Math.floor(Math.min(bandPixels / 64, mostBlocks) / blocksAcross)
  return Math.max(blocksDown, 1) * 8
}

/**
 * A CMYK JPEG (baseline, quality 92, 4:4:4, Adobe's mark) of bands: `bandRoomBytes` of room, then pixels, 0 is no ink,
 * `cmykBandRows` rows each, from the top. Yields the file piece by piece; one band is encoded while the next one is made,
 * so two are held: a band's memory may be used again for the next but one. Same pixels, same bytes.
 */
export async function* encodeCmyk(
  widthPx: number,
  heightPx: number,
  bands: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  if (Math.max(widthPx, heightPx) > mostJpegPx) {
    throw new RangeError(`A JPEG has at most ${mostJpegPx} pixels a side, wanted: ${widthPx} × ${heightPx}`)
  }
  const joined = new JpegBands(widthPx, heightPx, cmykBandRows(widthPx))
  let rows = 0
  let encoding: Encoding | undefined
  for await (const band of bands) {
    const bandRows = (band.length - bandRoomBytes) / 4 / widthPx
    rows += bandRows
    const before = encoding
    encoding = encodeBand(asCmykTiff(band, widthPx, bandRows))
    if (before) yield joined.add(await jpegOf(before))
  }
  if (!encoding || rows !== heightPx) throw new RangeError(`Pixels of ${rows} rows came, wanted: ${heightPx}`)
  yield joined.add(await jpegOf(encoding))
  yield joined.end()
}

/** A failure is kept until somebody asks: the one who would hear it may be waiting for another band. */
type Encoding = Promise<{ readonly jpeg: Buffer } | { readonly fault: unknown }>

function encodeBand(tiff: Buffer): Encoding {
  return sharp(tiff, { limitInputPixels: false })
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: false, mozjpeg: false })
    .toBuffer()
    .then(
      (jpeg) => ({ jpeg }),
      (fault: unknown) => ({ fault }),
    )
}

async function jpegOf(encoding: Encoding): Promise<Buffer> {
  const result = await encoding
  if ('fault' in result) throw new Error('A band of inks could not be encoded as JPEG', { cause: result.fault })
  return result.jpeg
}
