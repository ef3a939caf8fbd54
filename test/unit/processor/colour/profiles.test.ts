import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { outputIntentOf, sourceProfileOf } from '../../../../services/processor/colour/output-intents.ts'
import { isPressSafe, kindOfProfile, readProfile } from '../../../../services/processor/colour/read-profile.ts'

/** The bytes with one four-letter word of the profile's directory changed: what profiles in the wild get wrong. */
function withTag(profile: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(profile)
  changed.write(to, changed.indexOf(from, 128, 'latin1'), 'latin1')
  return changed
}

/** A matrix profile as cameras write it: colorants, and one gamma for all three. */
function matrixProfile(colorants: readonly (readonly number[])[], gamma: number): Buffer {
  const tags = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC']
  const bytes = Buffer.alloc(132 + tags.length * 12 + 3 * 20 + 16)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.writeUInt8(2, 8)
  bytes.write('mntrRGB XYZ ', 12, 'latin1')
  bytes.write('acsp', 36, 'latin1')
  bytes.writeUInt32BE(tags.length, 128)
  const dataAt = 132 + tags.length * 12
  for (const [index, tag] of tags.entries()) {
    bytes.write(tag, 132 + index * 12, 'latin1')
    bytes.writeUInt32BE(dataAt + Math.min(index, 3) * 20, 136 + index * 12)
    bytes.writeUInt32BE(index < 3 ? 20 : 14, 140 + index * 12)
  }
  for (const [index, light] of colorants.entries()) {
    bytes.write('XYZ ', dataAt + index * 20, 'latin1')
    for (const [axis, value] of light.entries()) {
      bytes.writeInt32BE(Math.round(value * 65_536), dataAt + index * 20 + 8 + axis * 4)
    }
  }
  bytes.write('curv', dataAt + 60, 'latin1')
  bytes.writeUInt32BE(1, dataAt + 68)
  bytes.writeUInt16BE(Math.round(gamma * 256), dataAt + 72)
  return bytes
}

const adobe = [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
]
const srgb = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
]

/** A profile as sharp puts it into a file. */
async function sharpsOwn(name: 'srgb' | 'p3' | 'cmyk'): Promise<Buffer> {
  const picture = sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).withIccProfile(name)
  const { icc } = await sharp(await picture.jpeg().toBuffer()).metadata()
  return icc ?? Buffer.alloc(0)
}

describe('Output intents', () => {
  test.each(['FOGRA39', 'GRACoL2006'] as const)('%s is a press profile with tables both ways', (name) => {
    const { profile, components, registry } = outputIntentOf(name)
    expect(readProfile(profile)).toMatchObject({ class: 'prtr', space: 'CMYK', model: 'table' })
    expect(profile.readUInt32BE(0)).toBe(profile.length)
    for (const tag of ['A2B0', 'A2B1', 'B2A0', 'B2A1']) expect(profile.indexOf(tag, 0, 'latin1')).toBeGreaterThan(0)
    expect(isPressSafe(profile, components)).toBe(true)
    expect(registry).toBe('http://www.color.org')
  })

  test('GRACoL2006 names the report that its data come from, as the licence asks', () => {
    const { profile, identifier } = outputIntentOf('GRACoL2006')
    expect(identifier).toBe('CGATS TR 006')
    expect(profile.toString('latin1')).toContain('ANSI CGATS/GRACoL TR 006-2007')
  })
})

describe('Reading a profile', () => {
  test('colours are known by their lights and curves, whoever wrote the profile', async () => {
    expect(kindOfProfile(sourceProfileOf('srgb'))).toBe('srgb')
    expect(kindOfProfile(sourceProfileOf('display_p3'))).toBe('display_p3')
    expect(kindOfProfile(sourceProfileOf('gray'))).toBe('gray')
    expect(kindOfProfile(await sharpsOwn('srgb'))).toBe('srgb')
    expect(kindOfProfile(await sharpsOwn('p3'))).toBe('display_p3')
    expect(kindOfProfile(await sharpsOwn('cmyk'))).toBe('cmyk')
    expect(kindOfProfile(outputIntentOf('FOGRA39').profile)).toBe('cmyk')
    expect(kindOfProfile(matrixProfile(adobe, 563 / 256))).toBe('adobe_rgb')
  })

  test('a profile that only calls itself sRGB is another one', () => {
    expect(kindOfProfile(matrixProfile(srgb, 2.2))).toBe('other')
    expect(kindOfProfile(matrixProfile(srgb, 1))).toBe('other')
    expect(kindOfProfile(matrixProfile([...srgb].reverse(), 563 / 256))).toBe('other')
  })

  test('RGB by a table is converted before it goes to press; by lights and curves it may stay', () => {
    const own = sourceProfileOf('srgb')
    expect(isPressSafe(own, 3)).toBe(true)
    expect(isPressSafe(matrixProfile(adobe, 2.2), 3)).toBe(true)
    expect(isPressSafe(withTag(own, 'cprt', 'A2B0'), 3)).toBe(false)
    expect(kindOfProfile(withTag(own, 'cprt', 'A2B0'))).toBe('other')
    expect(isPressSafe(withTag(own, 'gTRC', 'xTRC'), 3)).toBe(false)
  })

  test('a profile for another number of components than the picture has is not trusted', () => {
    expect(isPressSafe(sourceProfileOf('srgb'), 4)).toBe(false)
    expect(isPressSafe(sourceProfileOf('srgb'), 1)).toBe(false)
    expect(isPressSafe(sourceProfileOf('gray'), 3)).toBe(false)
    expect(isPressSafe(outputIntentOf('FOGRA39').profile, 3)).toBe(false)
    expect(isPressSafe(sourceProfileOf('gray'), 1)).toBe(true)
  })

  test('no profile, however it is cut or broken, stops the reading', () => {
    const whole = outputIntentOf('FOGRA39').profile
    for (const length of [0, 4, 127, 131, 140, 400, 20_000, whole.length - 1]) {
      const cut = whole.subarray(0, length)
      expect([kindOfProfile(cut), isPressSafe(cut, 4)]).toEqual(['other', false])
    }
    const small = sourceProfileOf('srgb')
    for (let at = 0; at < small.length; at += 1) {
      const broken = Buffer.from(small)
      broken.writeUInt8(0xff, at)
      expect(() => isPressSafe(broken, 3) && kindOfProfile(broken)).not.toThrow()
    }
  })
})
