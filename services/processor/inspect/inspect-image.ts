import type { Metadata } from 'sharp'
import { hasGainMap } from '../pictures/gain-map.ts'
import { openPictureBytes } from '../pictures/picture-bytes.ts'
import { PictureFault } from '../pictures/picture-fault.ts'
import { componentsOf } from '../pictures/picture-space.ts'
import { pixelLimitOf } from '../pictures/pixel-limits.ts'
import { profileKindOf, profileUseOf } from '../pictures/profile-use.ts'
import { readJpeg } from '../pictures/read-jpeg.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import { type Looked, smallPicture, smallTop } from '../pictures/small-picture.ts'
import type { Facts, Look, Unreadable } from './facts.ts'
import { lookOf } from './look.ts'

/**
 * Facts of one image; `unreadable` when it cannot be decoded at all or is too large to be. An ordinary JPEG of more than
 * `unprovenAbovePx` pixels is judged by its headers and its top: whoever prints it decodes it and finds damage then.
 */
export async function inspectImage(path: string, format: string, unprovenAbovePx = Infinity): Promise<Facts> {
  const readable = format === 'heic' ? await attempt(() => heicDecoded(path)) : path
  if (readable instanceof Error) return unreadable(readable)
  const metadata = await attempt(() => imageEngine()(readable, { limitInputPixels: false }).metadata())
  if (metadata instanceof Error) return unreadable(metadata)
  const { width, height, isProgressive } = metadata
  const limit = pixelLimitOf(format, isProgressive)
  if (width * height > limit) return { kind: 'unreadable', code: 'TOO_LARGE', detail: tooLarge(metadata, limit) }
  const profile = profileKindOf(metadata.icc, componentsOf(metadata))
  const seen = { limitInputPixels: limit, isManaged: profile !== 'none' && profile !== 'srgb' }
  const stored = storedFacts(path, format, metadata)
  const facts = { ...factsOf(metadata, format), profile, hasGainMap: stored.hasGainMap }
  const isOrdinary = stored.isPassable && !isProgressive
  const look = isOrdinary && width * height > unprovenAbovePx ? await lookOfTop(path, metadata, seen) : undefined
  if (look) return { ...facts, isDamaged: false, isPassable: true, isUnproven: true, look }
  const strict = await attempt(() => smallPicture(readable, { ...seen, failOn: 'warning' }))
  const isDamaged = strict instanceof Error
  const lenient = isDamaged ? await attempt(() => smallPicture(readable, { ...seen, failOn: 'none' })) : strict
  if (lenient instanceof Error) return unreadable(lenient)
  return { ...facts, isDamaged, isPassable: stored.isPassable && !isDamaged, look: lookOf(lenient) }
}

/** Undefined where it does not show that the picture is sound as far as it goes, and not blank. */
async function lookOfTop(path: string, size: Metadata, seen: Omit<Looked, 'failOn'>): Promise<Look | undefined> {
  const top = await attempt(() => smallTop(path, size, { ...seen, failOn: 'warning' }))
  const look = top instanceof Error ? undefined : lookOf(top)
  return look?.isBlank ? undefined : look
}

function factsOf(metadata: Metadata, format: string) {
  const { orientation = 1 } = metadata
  return {
    kind: 'image' as const,
    format,
    widthPx: metadata.width,
    heightPx: metadata.height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    ...(metadata.density ? { density: metadata.density } : {}),
    channels: metadata.channels,
    space: metadata.space,
    depth: metadata.depth,
    hasProfile: metadata.hasProfile,
    hasAlpha: metadata.hasAlpha,
    frames: metadata.pages ?? 1,
    hasMetadata: [metadata.exif, metadata.xmp, metadata.iptc].some((each) => each !== undefined),
  }
}

/** What only the bytes themselves tell. */
function storedFacts(path: string, format: string, { width, height }: Metadata) {
  const bytes = openPictureBytes(path)
  try {
    const headers = format === 'jpeg' ? readJpeg(bytes) : undefined
    const isPassable =
      headers?.widthPx === width &&
      headers.heightPx === height &&
      profileUseOf(headers.profile, headers.components).use !== 'convert'
    return { isPassable, hasGainMap: hasGainMap(bytes, format) }
  } finally {
    bytes.close()
  }
}

/** The decoder, seldom wanted, is loaded with the first such photo. */
const heicDecoded = async (path: string): Promise<string> =>
  await (await import('../pictures/decode-heic.ts')).decodedHeic(path)

async function attempt<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function tooLarge({ width, height, isProgressive }: Metadata, limit: number): string {
  const kind = isProgressive ? ', interlaced or progressive' : ''
  return `${width} × ${height} pixels${kind}; at most ${limit / 1_000_000} million`
}

function unreadable(error: Error): Unreadable {
  const code = error instanceof PictureFault ? error.code : 'CORRUPT_UNRECOVERABLE'
  return { kind: 'unreadable', code, detail: error.message.split('\n')[0]?.slice(0, 200) ?? '' }
}
