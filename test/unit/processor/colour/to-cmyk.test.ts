import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { inkPercentOf } from '../../../../services/processor/colour/ink.ts'
import { outputIntentOf, sourceProfileOf } from '../../../../services/processor/colour/output-intents.ts'
import { inksToLab } from '../../../../services/processor/colour/press-colours.ts'
import { cmykConverter } from '../../../../services/processor/colour/to-cmyk.ts'

const conditions = ['FOGRA39', 'GRACoL2006'] as const
const dataFile = (file: string) =>
  fileURLToPath(new URL(`../../../../services/processor/colour/data/${file}`, import.meta.url))

/** Colours of every sort, always the same: a lattice off the table's own steps. */
const lattice = Array.from({ length: 18 }, (_, step) => step * 15)
const colours = Uint8Array.from(lattice.flatMap((r) => lattice.flatMap((g) => lattice.flatMap((b) => [r, g, b]))))
const grays = Uint8Array.from({ length: 256 * 3 }, (_, at) => Math.floor(at / 3))

function distance(one: ArrayLike<number>, other: ArrayLike<number>): { mean: number; most: number } {
  const distances = Array.from({ length: one.length }, (_, at) => Math.abs((one[at] ?? 0) - (other[at] ?? 0)))
  return { mean: distances.reduce((sum, value) => sum + value, 0) / distances.length, most: Math.max(...distances) }
}

function mostInkOf(inks: Uint8Array): number {
  let most = 0
  for (let at = 0; at < inks.length; at += 4) {
    most = Math.max(most, inkPercentOf(inks[at] ?? 0, inks[at + 1] ?? 0, inks[at + 2] ?? 0, inks[at + 3] ?? 0))
  }
  return most
}

describe.each(conditions)('RGB to the inks of %s', (name) => {
  const intent = outputIntentOf(name)
  const convert = cmykConverter(intent, 'srgb')

  test('white is bare paper and black is the deepest ink', () => {
    const inks = convert(Uint8Array.from([255, 255, 255, 0, 0, 0]))
    expect([...inks.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    expect(mostInkOf(inks)).toBeGreaterThan(250)
    expect(inks[7]).toBeGreaterThan(240)
  })

  test('no colour takes more than 300 % of ink', () => {
    const every = Array.from({ length: 256 }, (_, value) => value)
    const some = every.filter((value) => value % 5 === 0)
    const most = some.map((red) => {
      const inks = convert(Uint8Array.from(some.flatMap((green) => every.flatMap((blue) => [red, green, blue]))))
      return mostInkOf(inks)
    })
    expect(Math.max(...most)).toBeLessThanOrEqual(300)
  })

  test('a gray stays gray on paper, and darker gray is darker', () => {
    const inks = convert(grays)
    const seen = inksToLab(intent.profile)
    const lab = new Float64Array(3)
    let before = -1
    for (let gray = 0; gray < 256; gray += 1) {
      seen(
        Float64Array.from(inks.subarray(gray * 4, gray * 4 + 4), (ink) => ink / 255),
        lab,
      )
      const [lightness = 0, a = 0, b = 0] = lab
      expect(Math.hypot(a, b), `gray ${gray}`).toBeLessThan(1.5)
      expect(lightness, `gray ${gray}`).toBeGreaterThan(before - 0.5)
      before = Math.max(before, lightness)
    }
  })

  test('another colour engine comes to the same inks', async () => {
    const picture = sharp(colours, { raw: { width: colours.length / 3, height: 1, channels: 3 } })
    const theirs = await picture
      .withIccProfile(dataFile(`${name.toLowerCase()}.icc`))
      .raw()
      .toBuffer()
    const ours = cmykConverter(intent, 'srgb', 'perceptual')(colours)
    const { mean, most } = distance(ours, theirs)
    expect(mean).toBeLessThan(0.5)
    expect(most).toBeLessThanOrEqual(3)
  })

  test('and so does Little CMS in full precision with black point compensation', (context) => {
    const files = ['-i', dataFile('srgb.icc'), '-o', dataFile(`${name.toLowerCase()}.icc`)]
    const lines = Array.from({ length: colours.length / 3 }, (_, at) => colours.subarray(at * 3, at * 3 + 3).join(' '))
    const run = spawnSync('transicc', ['-n', '-t1', '-b', '-c0', ...files], { input: `${lines.join('\n')}\n` })
    context.skip(run.error !== undefined, 'transicc is not installed (Debian: liblcms2-utils)')
    const theirs = run.stdout
      .toString()
      .split('\n')
      .filter((line) => /^[\d. ]+$/.test(line))
      .flatMap((line) =>
        line
          .trim()
          .split(' ')
          .map((percent) => Number(percent) * 2.55),
      )
    const { mean, most } = distance(convert(colours), theirs)
    expect(theirs.length).toBe((colours.length / 3) * 4)
    expect(mean).toBeLessThan(0.5)
    expect(most).toBeLessThan(14)
  })
})

describe('Whatever the colours of the picture mean', () => {
  const intent = outputIntentOf('FOGRA39')
  const green = Uint8Array.from([120, 180, 110])

  test('a profile in the picture counts like the space it describes', () => {
    const byName = cmykConverter(intent, 'display_p3')(colours)
    const byProfile = cmykConverter(intent, { profile: sourceProfileOf('display_p3') })(colours)
    expect(distance(byName, byProfile).most).toBeLessThanOrEqual(1)
  })

  test('the same numbers in a wider space are a stronger green: less magenta in it', () => {
    const [srgb, wide, wider] = (['srgb', 'display_p3', 'adobe_rgb'] as const).map(
      (source) => cmykConverter(intent, source)(green)[1] ?? 255,
    )
    expect(wide).toBeLessThan(srgb ?? 0)
    expect(wider).toBeLessThan(srgb ?? 0)
  })

  test('a profile without lights and curves is refused with the way out', () => {
    expect(() => cmykConverter(intent, { profile: intent.profile })).toThrow(/convert the picture to sRGB first/)
    expect(() => cmykConverter(intent, { profile: Buffer.from('nothing') })).toThrow(/treat the picture as sRGB/)
  })

  test('bands of a picture come out as the whole does', () => {
    const convert = cmykConverter(intent, 'srgb')
    const whole = convert(colours)
    const into = new Uint8Array(whole.length)
    for (const from of [3000, 0, 1500]) {
      const to = from === 3000 ? undefined : from + 1500
      convert(colours.subarray(from * 3, to && to * 3), into.subarray(from * 4, to && to * 4))
    }
    expect(Buffer.from(into).equals(Buffer.from(whole))).toBe(true)
  })
})
