import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { sourceProfileOf } from '../colour/output-intents.ts'
import { type HeicEngine, startHeicEngine } from './heic-engine.ts'
import { PictureFault } from './picture-fault.ts'
import { mostPixelsHeldWhole } from './pixel-limits.ts'
import { tiffHead } from './tiff-head.ts'

/** A phone's photo has 2–5 MB; the decoder wants all of it in its own memory. */
const mostFileBytes = 200_000_000
const rgb = 1
const interleaved = 10
const [chromaRgb, chromaRgba] = [10, 11]
/** Colour primaries of ITU-T H.273: Display P3's. */
const displayP3Primaries = 12
const [typeNclx, typeProfile, typeRestrictedProfile] = [0x6e636c78, 0x70726f66, 0x72494343]

/**
 * The photo as a TIFF beside it, decoded once a job (≈ 0.1 s a megapixel), upright, with the profile that the file names;
 * gives the path. Throws PictureFault. Safe to run twice and at once: the TIFF is there whole or not at all.
 */
export async function decodedHeic(path: string): Promise<string> {
  const target = `${path}-decoded.tiff`
  if (existsSync(target)) return target
  const { size } = await stat(path)
  if (size > mostFileBytes) throw new PictureFault('TOO_LARGE', `${size} bytes of HEIC`)
  const bytes = await readFile(path)
  const part = `${target}.${randomUUID()}`
  const file = openSync(part, 'w')
  try {
    decodeInto(file, bytes)
  } catch (error) {
    if (error instanceof PictureFault) throw error
    // An abort inside the decoder is an exception of its own kind.
    throw new PictureFault('CORRUPT_UNRECOVERABLE', `the HEIC decoder gave up: ${brief(error)}`, { cause: error })
  } finally {
    closeSync(file)
  }
  renameSync(part, target)
  return target
}

const brief = (error: unknown): string => String(error).slice(0, 120)

function decodeInto(file: number, bytes: Buffer): void {
  const engine = startHeicEngine()
  const { call, memory, long } = engine
  const succeed = (name: string, ...values: readonly number[]): void => {
    const words = engine.attempt(name, ...values)
    if (words !== undefined) throw new PictureFault('CORRUPT_UNRECOVERABLE', words)
  }
  const input = call('malloc', bytes.length)
  memory().set(bytes, input)
  const out = call('malloc', 16)
  const context = call('heif_context_alloc')
  succeed('heif_context_read_from_memory_without_copy', context, input, bytes.length, 0)
  succeed('heif_context_get_primary_image_handle', context, out)
  const handle = long(out)
  const pixels = call('heif_image_handle_get_width', handle) * call('heif_image_handle_get_height', handle)
  if (pixels > mostPixelsHeldWhole) throw new PictureFault('TOO_LARGE', `${pixels} pixels of HEIC`)
  const channels = call('heif_image_handle_has_alpha_channel', handle) === 1 ? 4 : 3
  const profile = profileOf(engine, handle, out)
  succeed('heif_decode_image', handle, out, rgb, channels === 4 ? chromaRgba : chromaRgb, 0)
  const image = long(out)
  const plane = call('heif_image_get_plane_readonly2', image, interleaved, out)
  const strideBytes = long(out)
  const widthPx = call('heif_image_get_width', image, interleaved)
  const heightPx = call('heif_image_get_height', image, interleaved)
  if (plane === 0 || widthPx < 1 || heightPx < 1 || widthPx * heightPx > mostPixelsHeldWhole) {
    throw new PictureFault('CORRUPT_UNRECOVERABLE', 'a HEIC photo without pixels')
  }
  writeAll(file, tiffHead({ widthPx, heightPx, samples: channels === 4 ? 'rgb_alpha' : 'rgb', profile }))
  for (let row = 0; row < heightPx; row += 1) {
    const at = plane + row * strideBytes
    writeAll(file, memory().subarray(at, at + widthPx * channels))
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}

/** An embedded profile, or ours where the file names Display P3 by number; anything else is taken for sRGB. */
function profileOf({ call, attempt, memory, long }: HeicEngine, handle: number, out: number): Buffer | undefined {
  const type = call('heif_image_handle_get_color_profile_type', handle)
  if (type === typeProfile || type === typeRestrictedProfile) {
    const size = call('heif_image_handle_get_raw_color_profile_size', handle)
    const place = call('malloc', size)
    if (attempt('heif_image_handle_get_raw_color_profile', handle, place) !== undefined) return undefined
    return Buffer.from(memory().subarray(place, place + size))
  }
  if (type !== typeNclx || attempt('heif_image_handle_get_nclx_color_profile', handle, out) !== undefined) {
    return undefined
  }
  // { version: one byte, padding, colour primaries: a number of four bytes, … }
  return long(long(out) + 4) === displayP3Primaries ? sourceProfileOf('display_p3') : undefined
}
