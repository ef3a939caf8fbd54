import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import type { Sharp } from 'sharp'
import { bandRoomBytes, cmykBandRows, encodeCmyk } from '../colour/encode-cmyk.ts'
import type { OutputIntent } from '../colour/output-intents.ts'
import { kindOfProfile } from '../colour/read-profile.ts'
import { type CmykConverter, cmykConverter } from '../colour/to-cmyk.ts'
import type { ProfileUse } from './profile-use.ts'

type Colours = Parameters<typeof cmykConverter>[1]

/** What the numbers of an RGB picture mean; without a usable profile they are sRGB. */
export function coloursOf(profile: ProfileUse): Colours {
  if (profile.use !== 'keep') return 'srgb'
  const kind = kindOfProfile(profile.profile)
  return kind === 'srgb' || kind === 'display_p3' || kind === 'adobe_rgb' ? kind : { profile: profile.profile }
}

/**
 * Writes RGB pixels as a JPEG of the inks of this condition, converted and encoded band by band. The pixels wait in a file
 * beside it: whole pictures in memory would be the largest thing there.
 */
export async function writeInks(path: string, pixels: Sharp, intent: OutputIntent, colours: Colours): Promise<void> {
  const waiting = `${path}.v`
  const into = openSync(path, 'w')
  try {
    const size = await pixels.toFile(waiting)
    const convert = converterOf(intent, colours)
    for await (const part of encodeCmyk(size.width, size.height, bandsOf(waiting, size, convert))) writeAll(into, part)
  } finally {
    closeSync(into)
    rmSync(waiting, { force: true })
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}

/** libvips' own format: after its head the pixels as they are, rows from the top. */
const plainHeadBytes = 64

type Size = { readonly width: number; readonly height: number }

/** Two bands in turn: while one is encoded the next one is converted, and nothing waits for the garbage collector. */
function* bandsOf(waiting: string, { width, height }: Size, convert: CmykConverter): Generator<Buffer> {
  const mostRows = Math.min(height, cmykBandRows(width))
  const rgb = Buffer.allocUnsafeSlow(mostRows * width * 3)
  const bands = [0, 1].map(() => Buffer.allocUnsafeSlow(bandRoomBytes + mostRows * width * 4))
  const from = openSync(waiting, 'r')
  try {
    for (let row = 0, turn = 0; row < height; row += mostRows, turn = 1 - turn) {
      const pixels = Math.min(mostRows, height - row) * width
      readAll(from, rgb.subarray(0, pixels * 3), plainHeadBytes + row * width * 3)
      const band = bands[turn]?.subarray(0, bandRoomBytes + pixels * 4) ?? Buffer.alloc(bandRoomBytes + pixels * 4)
      convert(rgb.subarray(0, pixels * 3), band.subarray(bandRoomBytes))
      yield band
    }
  } finally {
    closeSync(from)
  }
}

function readAll(file: number, into: Buffer, at: number): void {
  for (let done = 0; done < into.length; ) {
    const count = readSync(file, into, done, into.length - done, at + done)
    if (count === 0) throw new Error('Pixels that were written are missing')
    done += count
  }
}

/** Tables take tens of milliseconds to make; they live as long as the output intent of the job that they were made for. */
const tables = new WeakMap<OutputIntent, Map<string, CmykConverter>>()

function converterOf(intent: OutputIntent, colours: Colours): CmykConverter {
  const made = tables.get(intent) ?? new Map<string, CmykConverter>()
  tables.set(intent, made)
  const key = typeof colours === 'string' ? colours : colours.profile.toString('latin1')
  const converter = made.get(key) ?? cmykConverter(intent, colours)
  made.set(key, converter)
  return converter
}
