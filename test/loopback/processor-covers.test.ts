import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
import { codesOf, type Maker, makerOf } from './processor-maker.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld
let made: Maker['made']

beforeAll(async () => {
  world = await startProcessorWorld()
  made = makerOf(world).made
})
afterAll(async () => {
  await world?.close()
})

const patient = { timeout: 120_000 }

describe('Covers that customers send', () => {
  let interior: Buffer
  // 60 pages: 30 leaves of 90 gsm × 1.25, and two cover sheets of 0.3 mm.
  const spineMm = 30 * 0.1125 + 0.6

  beforeAll(async () => {
    interior = await documentOf({ pages: 60, widthMm: 148, heightMm: 210, isPlain: true })
  })

  test('of the exact sheet size are used as they are', patient, async () => {
    const cover = await documentOf({ pages: 1, widthMm: 2 * 148 + spineMm, heightMm: 210, bleedMm: 3 })
    const sources = [
      { role: 'interior' as const, bytes: interior },
      { role: 'cover' as const, bytes: cover },
    ]
    expect(codesOf(await made('softcover-a5', sources))).toEqual(['BLEED_MIRRORED'])
  })

  test('drawn for another spine are centred, and the finding names sheet and spine', patient, async () => {
    const cover = await documentOf({ pages: 1, widthMm: 2 * 148 + spineMm + 4, heightMm: 210, bleedMm: 3 })
    const sources = [
      { role: 'interior' as const, bytes: interior },
      { role: 'cover' as const, bytes: cover },
    ]
    const { findings } = await made('softcover-a5', sources)
    expect(findings.find(({ code }) => code === 'SPINE_WIDTH_DIFFERS')).toMatchObject({
      found: expect.stringContaining('8 mm'),
      wanted: expect.stringContaining('spine of 4 mm at 60 pages'),
    })
  })

  test('that are a front alone get spine and back made for them', patient, async () => {
    const front = await jpeg({ widthPx: 1748, heightPx: 2480 })
    const sources = [
      { role: 'interior' as const, bytes: interior },
      { role: 'cover' as const, bytes: front },
    ]
    expect(codesOf(await made('softcover-a5', sources))).toContain('COVER_MADE')
  })
})

describe('The same inputs', () => {
  test('make the same bytes, under the same name, and are not made again', patient, async () => {
    const bytes = await documentOf({ pages: 34, widthMm: 148, heightMm: 210, rotate: 0 })
    const sources = [{ role: 'interior' as const, bytes }]
    const first = await made('softcover-a5', sources, { title: 'Twice', outputPrefix: 'facilities/fac_test/one/' })
    const second = await made('softcover-a5', sources, { title: 'Twice', outputPrefix: 'facilities/fac_test/two/' })
    expect(second.printFiles.map(({ sha256 }) => sha256)).toEqual(first.printFiles.map(({ sha256 }) => sha256))
    const again = await made('softcover-a5', sources, { title: 'Twice', outputPrefix: 'facilities/fac_test/one/' })
    expect(again.printFiles).toEqual(first.printFiles)
    expect(again.receiptKey).toBe(first.receiptKey)
    const receipt = JSON.parse((await world.stored(first.receiptKey)).toString())
    expect(receipt).toMatchObject({ type: 'receipt', report: { outcome: 'ready' } })
    expect(await world.listed('facilities/fac_test/one/')).toContain(first.reportKey)
  })
})
