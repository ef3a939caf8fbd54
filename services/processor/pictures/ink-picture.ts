import { open } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { cmykBandRows, encodeCmyk } from '../colour/encode-cmyk.ts'
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

/** Writes RGB pixels as a JPEG of the inks of this condition, converted and encoded band by band. */
export async function writeInks(path: string, pixels: Sharp, intent: OutputIntent, colours: Colours): Promise<void> {
  const { data, info } = await pixels.raw().toBuffer({ resolveWithObject: true })
  const convert = converterOf(intent, colours)
  const bandBytes = cmykBandRows(info.width) * info.width * 3
  const file = await open(path, 'w')
  try {
    for await (const part of encodeCmyk(info.width, info.height, bandsOf(data, bandBytes, convert))) {
      await file.writeFile(part)
    }
  } finally {
    await file.close()
  }
}

/** Two bands in turn: while one is encoded the next one is converted, and nothing waits for the garbage collector. */
function* bandsOf(rgb: Buffer, bandBytes: number, convert: CmykConverter): Generator<Uint8Array> {
  const bands = [0, 1].map(() => new Uint8Array((Math.min(bandBytes, rgb.length) / 3) * 4))
  for (let from = 0, turn = 0; from < rgb.length; from += bandBytes, turn = 1 - turn) {
    const part = rgb.subarray(from, from + bandBytes)
    yield convert(part, bands[turn]?.subarray(0, (part.length / 3) * 4))
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
