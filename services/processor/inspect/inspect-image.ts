import type { Metadata } from 'sharp'
import { openFileBytes } from '../pdf/byte-sources.ts'
import { decodedHeic } from '../pictures/decode-heic.ts'
import { hasGainMap } from '../pictures/gain-map.ts'
import { PictureFault } from '../pictures/picture-fault.ts'
import { componentsOf } from '../pictures/picture-space.ts'
import { pixelLimitOf } from '../pictures/pixel-limits.ts'
import { profileKindOf, profileUseOf } from '../pictures/profile-use.ts'
import { readJpeg } from '../pictures/read-jpeg.ts'
import { imageEngine } from '../pictures/sharp-engine.ts'
import type { Facts, Unreadable } from './facts.ts'
import { lookOf } from './look.ts'

/** The small decode that shows whether the picture is sound, and what it looks like; a JPEG is decoded at an eighth. */
const lookPx = 64

/** Facts of one image; `unreadable` when it cannot be decoded at all or is too large to be. */
export async function inspectImage(path: string, format: string): Promise<Facts> {
  const readable = format === 'heic' ? await attempt(() => decodedHeic(path)) : path
  if (readable instanceof Error) return unreadable(readable)
  const metadata = await attempt(() => imageEngine()(readable, { limitInputPixels: false }).metadata())
  if (metadata instanceof Error) return unreadable(metadata)
  const { width, height, isProgressive } = metadata
  const limit = pixelLimitOf(format, isProgressive)
  if (width * height > limit) return { kind: 'unreadable', code: 'TOO_LARGE', detail: tooLarge(metadata, limit) }
  const components = componentsOf(metadata)
  const profile = profileKindOf(metadata.icc, components)
  const looked = { limit, isManaged: profile !== 'none' && profile !== 'srgb' }
  const strict = await attempt(() => small(readable, 'warning', looked))
  const lenient = strict instanceof Error ? await attempt(() => small(readable, 'none', looked)) : strict
  if (lenient instanceof Error) return unreadable(lenient)
  const isDamaged = strict instanceof Error
  const stored = storedFacts(path, format, metadata)
  return {
    ...factsOf(metadata, format),
    profile,
    isDamaged,
    hasGainMap: stored.hasGainMap,
    isPassable: stored.isPassable && !isDamaged,
    look: lookOf(lenient),
  }
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
  const bytes = openFileBytes(path)
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

type Looked = { readonly limit: number; readonly isManaged: boolean }

async function small(path: string, failOn: 'warning' | 'none', { limit, isManaged }: Looked) {
  const { data, info } = await imageEngine()(path, { failOn, limitInputPixels: limit, ignoreIcc: !isManaged })
    .resize(lookPx, lookPx, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, widthPx: info.width, heightPx: info.height }
}

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
