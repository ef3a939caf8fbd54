import { join } from 'node:path'
import type { OutputIntent } from '../colour/output-intents.ts'
import type { RawBox } from '../inspect/facts.ts'
import type { Place } from '../plan/job-plan.ts'
import { jpegOptions, type Original, picturePixels } from './encode-picture.ts'
import { adobeMark } from './jpeg-colour.ts'
import { type ByteRange, headerSegments } from './jpeg-segments.ts'
import { openPictureBytes } from './picture-bytes.ts'
import { componentsOf } from './picture-space.ts'
import { pieceName, pieceOf } from './piece.ts'
import { profileUseOf } from './profile-use.ts'
import { readJpeg } from './read-jpeg.ts'
import { recipeOf } from './recipe.ts'
import { imageEngine } from './sharp-engine.ts'
import { smallPicture } from './small-picture.ts'
import { UnsoundPicture } from './unsound-picture.ts'

export type PictureRequest = {
  readonly folder: string
  readonly file: string
  readonly format: string
  /** Names the source among those of the job: its sha256 or its place. */
  readonly source: string | number
  readonly place: Pick<Place, 'region' | 'pixels' | 'isPassable' | 'reduceTo' | 'toCmyk' | 'orientation'>
  readonly outputIntent: OutputIntent | undefined
  /** Nobody has decoded it yet; see UnsoundPicture. */
  readonly isUnproven?: boolean | undefined
}

/** A JPEG for a print file, stored as the source is (not turned). */
export type PreparedPicture = {
  /** In the job folder: the source itself, or a piece made from it. */
  readonly file: string
  /** The bytes of that file which form the stream. */
  readonly segments: readonly ByteRange[]
  readonly widthPx: number
  readonly heightPx: number
  readonly components: 1 | 3 | 4
  /** Inks are stored the other way round. */
  readonly isInverted: boolean
  readonly colorTransform?: 0
  /** What the colours mean, where that has to be said. */
  readonly profile: Buffer | undefined
  /** The part of the stored picture that the stream shows: stored pixels, y upwards. */
  readonly covers: RawBox
}

/**
 * Makes a picture ready for its place: a sound JPEG is named by its bytes, anything else is decoded, cut, reduced and
 * encoded once. Safe to run twice and at once: finished pieces are found again, and the same request gives the same bytes.
 * Throws UnsoundPicture where an unproven picture is damaged in what is printed of it.
 */
export async function preparePicture(request: PictureRequest): Promise<PreparedPicture> {
  const asItIs = passed(request)
  if (!asItIs) return await encoded(request)
  if (request.isUnproven) await proven(() => proofOf(request, asItIs))
  return asItIs
}

const proofOf = ({ folder, file }: PictureRequest, { widthPx, heightPx }: PreparedPicture): Promise<unknown> =>
  smallPicture(join(folder, file), { failOn: 'warning', limitInputPixels: widthPx * heightPx, isManaged: false })

async function proven<T>(decode: () => Promise<T>): Promise<T> {
  try {
    return await decode()
  } catch (cause) {
    throw new UnsoundPicture('A picture that nobody had decoded is damaged', { cause })
  }
}

/** The source's own bytes, where nothing has to be changed. */
function passed({ folder, file, format, place }: PictureRequest): PreparedPicture | undefined {
  if (format !== 'jpeg' || !place.isPassable || place.reduceTo) return undefined
  const bytes = openPictureBytes(join(folder, file))
  try {
    const headers = readJpeg(bytes)
    if (!headers || (place.toCmyk && headers.components === 3)) return undefined
    const profile = profileUseOf(headers.profile, headers.components)
    if (profile.use === 'convert') return undefined
    const covers = { x: 0, y: 0, width: headers.widthPx, height: headers.heightPx }
    return { ...headers, file, profile: profile.use === 'keep' ? profile.profile : undefined, covers }
  } finally {
    bytes.close()
  }
}

async function encoded(request: PictureRequest): Promise<PreparedPicture> {
  const { folder, source, place, outputIntent, isUnproven = false } = request
  const original = await openOriginal(request)
  const { metadata, profile } = original
  const recipe = recipeOf({ widthPx: metadata.width, heightPx: metadata.height }, original.format, place)
  const inks = place.toCmyk && componentsOf(metadata) === 3 ? intentOf(outputIntent) : undefined
  // A piece made of a damaged picture must not hide that from a run that has yet to find out.
  const name = pieceName([source, recipe, jpegOptions, inks?.name, ...(isUnproven ? ['proven'] : [])])
  const write = async (path: string): Promise<void> => {
    const pixels = picturePixels(original, recipe, isUnproven ? 'warning' : 'none')
    if (!inks) return void (await pixels.jpeg(jpegOptions).toFile(path))
    const { coloursOf, writeInks } = await import('./ink-picture.ts')
    await writeInks(path, pixels, inks, coloursOf(profile))
  }
  const piece = await pieceOf(folder, name, (path) => (isUnproven ? proven(() => write(path)) : write(path)))
  const { profile: _, ...headers } = piece.headers
  const kept = profile.use === 'keep' && !inks ? profile.profile : undefined
  return { ...headers, file: piece.file, profile: kept, covers: recipe.covers }
}

/** What has to be known of a picture before it is decoded; a HEIC photo is decoded then and there. */
export async function openOriginal({
  folder,
  file,
  format,
}: Pick<PictureRequest, 'folder' | 'file' | 'format'>): Promise<Original> {
  const stored = join(folder, file)
  const path = format === 'heic' ? await (await import('./decode-heic.ts')).decodedHeic(stored) : stored
  const metadata = await imageEngine()(path, { limitInputPixels: false }).metadata()
  const components = componentsOf(metadata)
  const isUnmarkedInk = format === 'jpeg' && components === 4 && !isMarked(path)
  return { path, format, metadata, profile: profileUseOf(metadata.icc, components), isUnmarkedInk }
}

function isMarked(path: string): boolean {
  const bytes = openPictureBytes(path)
  try {
    return adobeMark(bytes, headerSegments(bytes)?.list ?? []) !== undefined
  } finally {
    bytes.close()
  }
}

function intentOf(intent: OutputIntent | undefined): OutputIntent {
  if (!intent) throw new Error('The plan wants inks but names no output intent')
  return intent
}
