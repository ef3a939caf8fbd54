import sharp from 'sharp'
import { cmykTiff } from './cmyk-tiff.ts'
import { JpegBands, mostBlocks } from './jpeg-bands.ts'

/** Adobe's way: in the file 255 is no ink, so the PDF image needs /Decode [1 0 1 0 1 0 1 0]. */
export const isCmykJpegInverted = true

/** JPEG counts rows and columns in 16 bits; libjpeg stops here. */
export const mostJpegPx = 65_500

const quality = 92
/** About 4 MB of pixels a band: large enough that starting the encoder does not show. */
const bandPixels = 1_000_000

/** Rows of a band, a multiple of 8; the last band of a picture has what is left. */
export function cmykBandRows(widthPx: number): number {
  const blocksAcross = Math.ceil(widthPx / 8)
  const blocksDown = Math.floor(Math.min(bandPixels / 64, mostBlocks) / blocksAcross)
  return Math.max(blocksDown, 1) * 8
}

/**
 * A CMYK JPEG (baseline, quality 92, 4:4:4, Adobe's mark) of bands of pixels, 0 is no ink, `cmykBandRows` rows each, from
 * the top. Yields the file piece by piece; one band is encoded while the next one is made, so two are held. A band's
 * array may be used again when the one after it has been asked for. Same pixels, same bytes.
 */
export async function* encodeCmyk(
  widthPx: number,
  heightPx: number,
  bands: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  if (Math.max(widthPx, heightPx) > mostJpegPx) {
    throw new RangeError(`A JPEG has at most ${mostJpegPx} pixels a side, wanted: ${widthPx} × ${heightPx}`)
  }
  const joined = new JpegBands(widthPx, heightPx, cmykBandRows(widthPx))
  let rows = 0
  let encoding: Encoding | undefined
  for await (const pixels of bands) {
    rows += pixels.length / 4 / widthPx
    const before = encoding
    encoding = encodeBand(pixels, widthPx)
    if (before) yield joined.add(await jpegOf(before))
  }
  if (!encoding || rows !== heightPx) throw new RangeError(`Pixels of ${rows} rows came, wanted: ${heightPx}`)
  yield joined.add(await jpegOf(encoding))
  yield joined.end()
}

/** A failure is kept until somebody asks: the one who would hear it may be waiting for another band. */
type Encoding = Promise<{ readonly jpeg: Buffer } | { readonly fault: unknown }>

function encodeBand(pixels: Uint8Array, widthPx: number): Encoding {
  const tiff = cmykTiff(pixels, widthPx, pixels.length / 4 / widthPx)
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
