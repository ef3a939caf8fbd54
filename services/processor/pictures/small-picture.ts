import type { Metadata, Sharp } from 'sharp'
import { imageEngine } from './sharp-engine.ts'

/** A JPEG is decoded at an eighth for it. */
const sidePx = 64
/** Rows of the top: most often enough to see that a picture is not blank. */
const stripRows = 64
/** As many rows as the strip has in the small picture of a photograph. */
const stripPx = 1

export type SmallPicture = { readonly data: Buffer; readonly widthPx: number; readonly heightPx: number }

export type Looked = {
  /** `warning`: rejects for a damaged file; `none`: shows what there is. */
  readonly failOn: 'warning' | 'none'
  readonly limitInputPixels: number
  /** Colours are converted by the picture's profile. */
  readonly isManaged: boolean
}

/** The whole picture, small, in sRGB on white: shows whether it is sound, and what it looks like. */
export const smallPicture = (path: string, looked: Looked): Promise<SmallPicture> =>
  shown(opened(path, looked).resize(sidePx, sidePx, { fit: 'fill' }))

/** The same of the top alone, for less than a tenth of the work. */
export const smallTop = (path: string, { width, height }: Pick<Metadata, 'width' | 'height'>, looked: Looked) =>
  shown(
    opened(path, looked)
      .extract({ left: 0, top: 0, width, height: Math.min(stripRows, height) })
      .resize(sidePx, stripPx, { fit: 'fill' }),
  )

const opened = (path: string, { failOn, limitInputPixels, isManaged }: Looked): Sharp =>
  imageEngine()(path, { failOn, limitInputPixels, ignoreIcc: !isManaged })

async function shown(small: Sharp): Promise<SmallPicture> {
  const { data, info } = await small
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, widthPx: info.width, heightPx: info.height }
}
