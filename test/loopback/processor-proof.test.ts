import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostProofBytes, type Proof } from '#contracts/messages/proof-result.ts'
import { parse } from '#contracts/parse.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { ProofPage } from '#contracts/published/proof-document.ts'
import { archiveOf } from '../fixtures/processor/archives.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { activeDocument, brokenTable, pageBomb, passwordLocked } from '../fixtures/processor/hostile.ts'
import { jpeg, quartered, quarters } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, startProcessorWorld } from './processor-world.ts'
import { proofsOf, withSoftPhoto } from './proof-world.ts'
import { thumbnailsOf } from './thumbnail-world.ts'

let world: ProcessorWorld
let proofs: ReturnType<typeof proofsOf>
let pictures: ReturnType<typeof thumbnailsOf>

beforeAll(async () => {
  world = await startProcessorWorld()
  proofs = proofsOf(world)
  pictures = thumbnailsOf(world)
})
afterAll(async () => {
  await world?.close()
})

const patient = { timeout: 120_000 }
const widthsOf = ({ picture }: ProofPage): readonly number[] => picture.sources.map(({ width_px }) => width_px)
const codesOf = ({ fits }: Proof): string[][] => fits.map(({ findings }) => findings.map(({ code }) => code))

/** On a busy machine fewer pages are shown: which ones there are, and that none is left out in between. */
function expectBeginning({ shown, pages = 0 }: Proof): void {
  expect(shown.length).toBeGreaterThan(0)
  const all = [...Array.from({ length: Math.min(12, pages) }, (_, index) => index + 1), ...(pages > 12 ? [pages] : [])]
  expect(shown.map(({ page }) => page)).toEqual(all.slice(0, shown.length))
}

/** Tests may keep what they looked at, for people to look at as well. */
const keptIn = process.env.TEST_PICTURES

async function keep({ shown }: Proof, name: string): Promise<void> {
  if (keptIn === undefined) return
  await mkdir(keptIn, { recursive: true })
  for (const { page, picture } of shown) {
    const bytes = await pictures.read(`${picture.sources.at(-1)?.path}.avif`)
    await writeFile(join(keptIn, `${name}-${page}.png`), await sharp(bytes).png().toBuffer())
  }
}

describe('the proof of a document', () => {
  test('says of every offer that the photo on page 7 will look soft, and where it is in print', patient, async () => {
    const skus = ['softcover-a5', 'magazine-a5', 'hardcover-a5']
    const proof = await proofs.made({ bytes: await withSoftPhoto(48, 7, 96) }, skus)
    expect(proof).toMatchObject({ kind: 'document', pages: 48, page_width_mm: 148, page_height_mm: 210 })
    expect(proof.fits.map(({ offer, sku, role, outcome }) => [offer, sku, role, outcome])).toEqual(
      skus.map((sku, offer) => [offer, sku, 'interior', 'ready']),
    )
    for (const { findings, pages, printed_pages } of proof.fits) {
      expect([pages, printed_pages]).toEqual([48, 48])
      const soft = findings.find(({ code }) => code === 'RESOLUTION_LOW')
      expect(soft).toMatchObject({ severity: 'warn', file: 'interior', page: 7 })
      expect(soft?.found).toContain('96 dpi')
      expect(soft?.printedOn).toEqual({ component: 'interior', pages: [7] })
      const gravities = findings.map(({ severity }) => ['reject', 'warn', 'fixed'].indexOf(severity))
      expect(gravities).toEqual(gravities.toSorted())
    }
  })

  test('shows its first pages, in two widths and three formats, in both buckets', patient, async () => {
    const ticket = await proofs.ticketFor({ bytes: await withSoftPhoto(48, 7, 96) }, ['softcover-a5'])
    await world.send(ticket)
    const { proof, ...about } = await world.proofed(ticket.ticketId)
    if (!proof) throw new Error('no proof')
    const { ticketId, publicationId, accountId, isTest } = ticket
    expect(about).toMatchObject({ type: 'proof_result', ticketId, publicationId, accountId, isTest })
    expectBeginning(proof)
    for (const page of proof.shown) {
      parse('page', ProofPage, page)
      expect(widthsOf(page)).toEqual([320, 960])
      expect(page.picture.height_px).toBe(Math.round((960 * 210) / 148))
    }
    const path = `${proof.shown[0]?.picture.sources.at(-1)?.path}`
    for (const ending of ['.avif', '.webp', '.jpg']) {
      const head = await pictures.head(path + ending)
      expect(head.CacheControl).toBe(cacheRules.immutable)
      expect(head.Metadata).toEqual({ 'cache-tag': `publication:${publicationId}` })
      expect(await pictures.read(path + ending, 'documents-standby')).toEqual(await pictures.read(path + ending))
    }
    await keep(proof, 'document')
  })

  test('asked for twice is made once and told twice: another copy of a ticket costs nothing', patient, async () => {
    const bytes = await documentOf({ pages: 1, widthMm: 297, heightMm: 420 })
    const ticket = await proofs.ticketFor({ bytes }, ['poster-a3'])
    await world.send(ticket)
    const { proof } = await world.proofed(ticket.ticketId)
    world.forget(ticket.ticketId)
    // Its file is gone meanwhile: whoever looked again would find nothing.
    const later = { ...ticket, issuedAt: new Date(Date.now() - 60_000).toISOString() }
    await world.send({ ...later, source: { ...ticket.source, key: 'uploads/gone' } })
    expect((await world.proofed(ticket.ticketId)).proof).toEqual(proof)
  })

  test(
    'tells apart what it can and cannot be: too few pages for a book, and an offer that nobody makes any more',
    patient,
    async () => {
      const bytes = await documentOf({ pages: 2, widthMm: 297, heightMm: 420 })
      const { fits, shown } = await proofs.made({ bytes }, ['softcover-a5', 'gone-a5', 'poster-a3'])
      expect(fits.map(({ offer, sku, role, outcome }) => [offer, sku, role, outcome])).toEqual([
        [0, 'softcover-a5', 'interior', 'rejected'],
        [2, 'poster-a3', 'image', 'ready'],
      ])
      expect(fits[0]?.findings[0]).toMatchObject({ code: 'PAGE_COUNT_OUT_OF_RANGE', severity: 'reject' })
      expect(fits[0]).not.toHaveProperty('pages')
      expect(shown).toHaveLength(2)
    },
  )
})

describe('the proof of a picture', () => {
  test(
    'shows it in the two widths that turning and cutting need, upright, and says what it lacks',
    patient,
    async () => {
      const bytes = await sharp(await quartered(2400, 1800))
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer()
      const proof = await proofs.made({ bytes }, ['poster-a3', 'canvas-60x90', 'softcover-a5'])
      expect(proof).toMatchObject({ kind: 'picture', width_px: 1800, height_px: 2400 })
      expect(proof.shown.map((page) => [page.page, ...widthsOf(page)])).toEqual([[1, 640, 1600]])
      const [page] = proof.shown
      if (!page) throw new Error('not shown')
      const { at } = await pictures.shown(page.picture, '.jpg')
      for (const [index, value] of quarters.blue.entries())
        expect(Math.abs((at(0.25, 0.25)[index] ?? -99) - value)).toBeLessThan(12)
      expect(proof.fits.map(({ role, outcome }) => [role, outcome])).toEqual([
        ['image', 'ready'],
        ['image', 'ready'],
        ['interior', 'rejected'],
      ])
      expect(codesOf(proof)[1]).toContain('RESOLUTION_LOW')
      expect(codesOf(proof)[2]).toEqual(['SOURCE_MISMATCH'])
      await keep(proof, 'picture')
    },
  )

  test('of any shape can be cut by whoever buys it: its shape refuses nothing', patient, async () => {
    const { fits } = await proofs.made({ bytes: await jpeg({ widthPx: 6000, heightPx: 2000 }) }, ['poster-a3'])
    expect(fits[0]).toMatchObject({ outcome: 'ready' })
    expect(fits[0]?.findings.map(({ code }) => code)).toContain('CROPPED_MORE_THAN')
  })
})

test(
  'the proof of an archive shows its pictures as pages, in their order, and what each offer makes of them',
  patient,
  async () => {
    const entries = await Promise.all(
      Array.from({ length: 24 }, async (_, index) => ({
        name: `${index + 1}.jpg`,
        data: await jpeg({ widthPx: index === 4 ? 900 : 1800, heightPx: index === 4 ? 900 : 1800, hue: index * 15 }),
      })),
    )
    const proof = await proofs.made({ bytes: archiveOf(entries) }, ['photobook-210x210', 'canvas-20x20'])
    expect(proof).toMatchObject({ kind: 'document', pages: 24 })
    expectBeginning(proof)
    expect(proof.fits.map(({ role, outcome }) => [role, outcome])).toEqual([
      ['images', 'ready'],
      ['image', 'rejected'],
    ])
    expect(proof.fits[0]?.findings.find(({ code }) => code === 'RESOLUTION_LOW')).toMatchObject({ file: 'images/5' })
    expect(codesOf(proof)[1]).toEqual(['SOURCE_MISMATCH'])
    await keep(proof, 'archive')
  },
)

describe('a file that cannot be printed', () => {
  test.each([
    ['opens only with a password', () => passwordLocked(4), 'PASSWORD_REQUIRED'],
    ['is of no known kind', async () => Buffer.from('MZ\u0090\u0000 this program cannot be run'), 'UNSUPPORTED_FORMAT'],
    ['is empty', async () => Buffer.alloc(0), 'EMPTY_DOCUMENT'],
    ['breaks off', async () => (await jpeg({ widthPx: 900, heightPx: 900 })).subarray(0, 200), 'CORRUPT_UNRECOVERABLE'],
  ])('because it %s has a proof that refuses every offer, so that nobody sells it', patient, async (_, file, code) => {
    const proof = await proofs.made({ bytes: await file() }, ['softcover-a5', 'poster-a3'])
    expect(proof.fits.map(({ outcome }) => outcome)).toEqual(['rejected', 'rejected'])
    expect(codesOf(proof)).toEqual([[code], [code]])
    expect(proof.shown).toEqual([])
  })

  test.each([
    ['is not there', { key: 'uploads/nobody' }, /not there/],
    ['is at an address that nobody may reach', { url: 'https://127.0.0.1/a.pdf' }, /not fetched from this address/],
  ])('because it %s is told to its publisher alone: nothing is known of it', patient, async (_, file, words) => {
    const { proof, failure } = await proofs.asked(file, ['softcover-a5'])
    expect(proof).toBeUndefined()
    expect(failure).toMatch(words)
  })
})

describe('a hostile file', () => {
  test('with scripts in it is shown as it prints, and healthy ones beside it are not held up', patient, async () => {
    const [active, broken] = await Promise.all([
      proofs.made({ bytes: await activeDocument(8) }, ['magazine-a5']),
      proofs.made({ bytes: await brokenTable(8) }, ['magazine-a5']),
    ])
    expect(codesOf(active)[0]).toContain('SCRIPTS_REMOVED')
    expectBeginning(active)
    expect(codesOf(broken)[0]).toContain('XREF_REPAIRED')
    expectBeginning(broken)
  })

  test('that would fill the memory ends in a refusal, and the next one is looked at', patient, async () => {
    const bomb = await proofs.made({ bytes: pageBomb() }, ['softcover-a5'])
    expect(bomb.fits[0]?.outcome).toBe('rejected')
    const next = await proofs.made({ bytes: await documentOf({ pages: 8, widthMm: 148, heightMm: 210 }) }, [
      'magazine-a5',
    ])
    expect(next.fits[0]?.outcome).toBe('ready')
  })
})

test(
  'twenty offers of a file with hundreds of faults are told in a small answer, the gravest first',
  patient,
  async () => {
    const entries = await Promise.all(
      Array.from({ length: 120 }, async (_, index) => ({ name: `${index}.jpg`, data: await tiny(index) })),
    )
    const skus = Array.from({ length: 20 }, () => 'photobook-210x210')
    const proof = await proofs.made({ bytes: archiveOf(entries) }, skus)
    expect(Buffer.byteLength(JSON.stringify(proof))).toBeLessThanOrEqual(mostProofBytes)
    expect(proof.fits).toHaveLength(20)
    for (const { findings } of proof.fits) expect(findings[0]?.severity).toBe('reject')
  },
)

const tiny = (hue: number): Promise<Buffer> => jpeg({ widthPx: 150 + hue, heightPx: 150, hue })
