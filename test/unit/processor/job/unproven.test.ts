import { expect, test } from 'vitest'
import { leftUnproven, mayBeUnproven } from '../../../../services/processor/job/unproven.ts'
import type { SourceFile } from '../../../../services/processor/sandbox/protocol.ts'
import { look } from '../plan/planning.ts'

const sheet = {
  trimWidthMm: 210,
  trimHeightMm: 280,
  bleedMm: 3,
  resolution: { rejectBelowDpi: 30, minimumDpi: 72, goodDpi: 300 },
}
const jpeg = (role: string, position: number): SourceFile => ({
  file: `source-${role}-${position}`,
  format: 'jpeg',
  label: `${role}/${position}`,
})
const files = [jpeg('cover', 0), jpeg('images', 0), jpeg('images', 1), jpeg('images', 2), jpeg('images', 3)]

test('photographs that give a cover its colours are looked at whole, and those too small to be reduced', () => {
  const asked = mayBeUnproven(files, sheet).map(({ unprovenAbovePx }) => unprovenAbovePx)
  // 216 × 286 mm at 450 dpi.
  expect(asked).toEqual([undefined, undefined, 19_389_981, 19_389_981, undefined])
})

test('where every picture becomes inks, every JPEG between them is decoded anyway', () => {
  const colour = { pictures: 'cmyk', outputIntent: 'FOGRA39' } as const
  const mixed = files.map((file, index): SourceFile => (index === 2 ? { ...file, format: 'png' } : file))
  const asked = mayBeUnproven(mixed, { ...sheet, colour }).map(({ unprovenAbovePx }) => unprovenAbovePx)
  expect(asked).toEqual([undefined, undefined, undefined, 0, undefined])
})

test('the makers of print files are told which pictures nobody has decoded', () => {
  const image = { kind: 'image', format: 'jpeg', widthPx: 6000, heightPx: 4000, orientation: 1, channels: 3 } as const
  const state = {
    space: 'srgb',
    depth: 'uchar',
    hasProfile: false,
    hasAlpha: false,
    frames: 1,
    isDamaged: false,
  } as const
  const facts = files.map((_, index) => ({
    ...{ ...image, ...state, isPassable: true, look },
    ...(index === 2 ? { isUnproven: true } : {}),
  }))
  expect(leftUnproven(files, facts).map(({ isUnproven }) => isUnproven)).toEqual([
    ...[undefined, undefined, true],
    ...[undefined, undefined],
  ])
})
