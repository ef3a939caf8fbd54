import { readFile } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { readJpeg } from '../source/jpeg.ts'
import { imageEngine, mostPixels } from '../source/sharp-engine.ts'
import type { Facts } from './facts.ts'
import { lookOf } from './look.ts'

/** The small decode that shows whether the picture is sound, and what it looks like. */
const lookPx = 64

/** Facts of one image; `unreadable` when it cannot be decoded at all or is too large to be. */
export async function inspectImage(path: string, format: string): Promise<Facts> {
  const engine = imageEngine()
  const metadata = await attempt(() => engine(path, { limitInputPixels: false }).metadata())
  if (metadata instanceof Error) return { kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE', detail: brief(metadata) }
  const { width, height } = metadata
  if (width * height > mostPixels) {
    return { kind: 'unreadable', code: 'TOO_LARGE', detail: `${width} × ${height} pixels` }
  }
  const strict = await attempt(() => small(path, 'warning'))
  const lenient = strict instanceof Error ? await attempt(() => small(path, 'none')) : strict
  if (lenient instanceof Error) return { kind: 'unreadable', code: 'CORRUPT_UNRECOVERABLE', detail: brief(lenient) }
  const isDamaged = strict instanceof Error
  const isPassable = format === 'jpeg' && !isDamaged && isJpegPassable(await readFile(path), metadata)
  return { ...factsOf(metadata, format), isDamaged, isPassable, look: lookOf(lenient) }
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
  }
}

function isJpegPassable(bytes: Buffer, { width, height }: Metadata): boolean {
  const headers = readJpeg(bytes)
  return headers?.widthPx === width && headers.heightPx === height
}

async function small(path: string, failOn: 'warning' | 'none') {
  const { data, info } = await imageEngine()(path, { failOn, limitInputPixels: mostPixels })
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

const brief = (error: Error): string => error.message.split('\n')[0]?.slice(0, 200) ?? ''
