import type { Sharp } from 'sharp'
import type { OutputIntent } from '../colour/output-intents.ts'
import { kindOfProfile } from '../colour/read-profile.ts'
import { type CmykConverter, cmykConverter } from '../colour/to-cmyk.ts'
import { jpegOptions } from './encode-picture.ts'
import type { ProfileUse } from './profile-use.ts'
import { imageEngine } from './sharp-engine.ts'
import { tiffHead } from './tiff-head.ts'

type Colours = Parameters<typeof cmykConverter>[1]

/** What the numbers of an RGB picture mean; without a usable profile they are sRGB. */
export function coloursOf(profile: ProfileUse): Colours {
  if (profile.use !== 'keep') return 'srgb'
  const kind = kindOfProfile(profile.profile)
  return kind === 'srgb' || kind === 'display_p3' || kind === 'adobe_rgb' ? kind : { profile: profile.profile }
}

/** Encodes RGB pixels as the inks of this condition. */
export async function writeInks(path: string, pixels: Sharp, intent: OutputIntent, colours: Colours): Promise<void> {
  const { data, info } = await pixels.raw().toBuffer({ resolveWithObject: true })
  const head = tiffHead({ widthPx: info.width, heightPx: info.height, samples: 'cmyk' })
  const tiff = Buffer.allocUnsafeSlow(head.length + (data.length / 3) * 4)
  head.copy(tiff)
  converterOf(intent, colours)(data, tiff.subarray(head.length))
  // Written as read: the encoder must not take the inks for colours to manage.
  await imageEngine()(tiff, { ignoreIcc: true, limitInputPixels: false })
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg(jpegOptions)
    .toFile(path)
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
