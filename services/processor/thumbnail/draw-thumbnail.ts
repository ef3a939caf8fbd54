import { join } from 'node:path'
import type { Sharp } from 'sharp'
import { pictureFormats } from '#contracts/published/variants.ts'
import type { Unreadable } from '../inspect/facts.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import { twoAtATime } from '../pictures/two-at-a-time.ts'
import type { ThumbnailAnswer } from '../sandbox/protocol.ts'
import { type Size, seenSize } from './kept-part.ts'
import { partOfPage } from './part-of-page.ts'
import { partOfPicture } from './part-of-picture.ts'
import type { PartRequest, ShownPart } from './shown-part.ts'
import { thumbnailName } from './thumbnail-name.ts'
import { thumbnailSizes } from './thumbnail-sizes.ts'

type PictureEnding = (typeof pictureFormats)[number]['ending']
export type ThumbnailRequest = Omit<PartRequest, 'widestPx'> & {
  readonly place: number
  readonly widthsPx: readonly number[]
}

/** Wider ones take AVIF three times as long for a tenth less bytes; of a small one, every byte is asked for by every visitor. */
const smallPx = 640

/** At these qualities the formats look alike beside each other. A higher effort of AVIF costs three times as much for a twentieth less bytes. */
const encoders: Readonly<Record<PictureEnding, (picture: Sharp, widthPx: number) => Sharp>> = {
  '.avif': (picture, widthPx) =>
    picture.avif({ quality: 50, effort: widthPx > smallPx ? 1 : 3, chromaSubsampling: '4:2:0' }),
  '.webp': (picture) => picture.webp({ quality: 75, effort: 4 }),
  '.jpg': (picture) => picture.jpeg({ quality: 78, mozjpeg: true, chromaSubsampling: '4:2:0' }),
}

/**
 * Writes a picture of the source into the job folder, in every size and format; nothing of the source's metadata goes along. The
 * same source and edit give the same bytes.
 */
export async function drawThumbnail({ place, widthsPx, ...wanted }: ThumbnailRequest): Promise<ThumbnailAnswer> {
  const part = await shownPart({ ...wanted, widestPx: Math.max(...widthsPx) })
  if ('kind' in part) return part
  const { data, size } = await turned(part)
  const picture = () => opened(data, size)
  const sizes = thumbnailSizes(size, widthsPx)
  const files = sizes.flatMap((each) => pictureFormats.map(({ ending }) => ({ ...each, ending })))
  await twoAtATime(files, async ({ widthPx, heightPx, ending }) => {
    const small = picture().resize(widthPx, heightPx, { fit: 'fill' })
    await encoders[ending](small, widthPx).toFile(join(wanted.folder, thumbnailName(place, widthPx, ending)))
  })
  return { kind: 'drawn', sizes: [...sizes], colour: await meanColour(picture()) }
}

async function shownPart(request: PartRequest): Promise<ShownPart | Unreadable> {
  const isDocument = request.source.format === 'pdf'
  try {
    return await (isDocument ? partOfPage(request) : partOfPicture(request))
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw error
    const detail = isDocument
      ? `a document whose page ${request.page} cannot be drawn`
      : 'a picture that breaks off before its end'
    return { kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE', detail }
  }
}

const opened = (data: Buffer, { widthPx, heightPx }: Size): Sharp =>
  imageEngine()(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })

async function turned({ data, size, turn }: ShownPart): Promise<Pick<ShownPart, 'data' | 'size'>> {
  const { isMirrored, degrees } = turn
  const mirrored = isMirrored ? await opened(data, size).flop().raw().toBuffer() : data
  if (degrees === 0) return { data: mirrored, size }
  return { data: await opened(mirrored, size).rotate(degrees).raw().toBuffer(), size: seenSize(size, turn) }
}

async function meanColour(picture: Sharp): Promise<string> {
  const { channels } = await picture.stats()
  return `#${channels.map(({ mean }) => Math.round(mean).toString(16).padStart(2, '0')).join('')}`
}
