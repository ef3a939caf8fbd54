import sharp from 'sharp'
import { paintLandscape, palettes } from '../../../local/samples/landscape.ts'

export type PhotoSpec = {
  readonly path: string
  /** Stored size. */
  readonly widthPx: number
  readonly heightPx: number
  readonly seed: number
  readonly quality: number
  /** EXIF orientation; 6 is a camera held upright. */
  readonly orientation: number
}

/** Painted this much smaller: the grain laid over it afterwards gives the file a photo's weight. */
const enlargement = 4

/** A landscape with sensor grain, sRGB profile and orientation, as a camera's JPEG (4:2:0). */
export async function writePhoto({ path, widthPx, heightPx, seed, quality, orientation }: PhotoSpec): Promise<void> {
  const [width, height] = [Math.ceil(widthPx / enlargement), Math.ceil(heightPx / enlargement)]
  const palette = palettes[seed % palettes.length] ?? palettes[0]
  if (!palette) return
  const painted = paintLandscape({ width, height, seed, palette, hasLake: seed % 3 === 1 })
  const grain = await sharp({
    create: {
      width: widthPx,
      height: heightPx,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 14 },
    },
  })
    .raw()
    .toBuffer()
  const large = await sharp(painted, { raw: { width, height, channels: 3 } })
    .resize(widthPx, heightPx, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer()
  await sharp(large, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .composite([{ input: grain, raw: { width: widthPx, height: heightPx, channels: 3 }, blend: 'soft-light' }])
    .withIccProfile('srgb')
    .withExifMerge({ IFD0: { Make: 'Printcloud', Model: 'Benchmark' } })
    .withMetadata({ orientation })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toFile(path)
}
