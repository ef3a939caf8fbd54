import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '#chassis/clock.ts'
import { lookupAll } from '#chassis/http/address-guard.ts'
import { newId } from '#chassis/ids.ts'
import { createLog } from '#chassis/log.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { triesOf } from '#contracts/catalogue/tries-of.ts'
import { type PreflightAnswer, PreflightResult } from '#contracts/messages/preflight-result.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import { parse } from '#contracts/parse.ts'
import type { TicketHandlerOptions } from '../../services/processor/job/handle-process-ticket.ts'
import { createTicketHandler } from '../../services/processor/job/handle-ticket.ts'
import { openSandboxPool, type SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { archiveOf } from '../fixtures/processor/archives.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { activeDocument, brokenTable, pageBomb, passwordLocked } from '../fixtures/processor/hostile.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
import { type ProcessorWorld, type SourceSpec, startProcessorWorld } from './processor-world.ts'

let world: ProcessorWorld
const log = createLog('test', 'silent')

beforeAll(async () => {
  world = await startProcessorWorld()
})
afterAll(async () => {
  await world?.close()
})

const patient = { timeout: 120_000 }
const accountId = `acc_${'0'.repeat(26)}`

async function ticketFor(
  sources: readonly SourceSpec[],
  sku?: string,
  more: Partial<PreflightTicket> = {},
): Promise<PreflightTicket> {
  const { sources: stored, ticketId } = await world.ticket(sku ?? 'poster-a3', sources)
  const preflightId = newId('pfl', new Date())
  const product = sku === undefined ? undefined : productOf(sku)
  return {
    ...{ type: 'preflight', ticketId, preflightId, accountId, isTest: true, issuedAt: new Date().toISOString() },
    ...(product ? { product } : {}),
    ...{
      options: {},
      sources: stored,
      tries: triesOf(sources.map(({ role }) => role)),
      outputPrefix: `preflights/${accountId}/${preflightId}/`,
    },
    ...more,
  }
}

async function checked(sources: readonly SourceSpec[], sku?: string): Promise<PreflightAnswer> {
  const ticket = await ticketFor(sources, sku)
  await world.send(ticket)
  const result = await world.preflighted(ticket.ticketId)
  if (result.outcome !== 'completed') throw new Error('not completed')
  return result.answer
}

const eligible = ({ products }: PreflightAnswer): string[] =>
  products.filter(({ gravest }) => gravest !== 'reject').map(({ sku }) => sku)
const codesOf = (findings: readonly { readonly code: string }[]) =>
  [...new Set(findings.map(({ code }) => code))].toSorted()

test(
  'a picture is told its size, what can be made of it, and is shown; nothing but its picture and its report is stored',
  patient,
  async () => {
    const bytes = await jpeg({ widthPx: 3506, heightPx: 2480, label: 'up' }, { orientation: 6 })
    const ticket = await ticketFor([{ role: 'image', bytes }])
    await world.send(ticket)
    const result = await world.preflighted(ticket.ticketId)
    if (result.outcome !== 'completed') throw new Error('not completed')
    const { answer } = result
    expect(answer).not.toHaveProperty('outcome')
    expect(answer).toMatchObject({ pages: 1, findings: [] })
    expect(answer.files).toEqual([{ file: 'image', format: 'jpeg', widthPx: 2480, heightPx: 3506 }])
    expect(eligible(answer)).toContain('poster-a3')
    expect(answer.products.every(({ roles }) => roles.join() === 'image')).toBe(true)
    const [shown] = answer.previews
    expect(shown).toMatchObject({ file: 'image', page: 1, heightPx: 480 })
    expect((await sharp(await world.stored(shown?.key ?? '')).metadata()).height).toBe(480)
    const stored = await world.listed(ticket.outputPrefix)
    expect(stored.toSorted()).toEqual([`${ticket.outputPrefix}answer.json`, answer.reportKey, shown?.key].toSorted())
    const report = JSON.parse((await world.stored(answer.reportKey ?? '')).toString())
    expect(report).toMatchObject({ type: 'preflight', version: 1, products: answer.products })
  },
)

test('a document is told its pages and their size, and which products take so many', patient, async () => {
  const bytes = await documentOf({ pages: 33, widthMm: 148, heightMm: 210 })
  const answer = await checked([{ role: 'interior', bytes }], 'softcover-a5')
  expect(answer).toMatchObject({ outcome: 'ready', pages: 33, printedPages: 34 })
  expect(answer.files).toMatchObject([
    { file: 'interior', format: 'pdf', pages: 33, pageWidthMm: 148, pageHeightMm: 210 },
  ])
  expect(answer.previews.map(({ page }) => page)).toEqual([1, 2, 3, 4, 5, 6])
  expect(eligible(answer)).toContain('softcover-a5')
  const poster = answer.products.find(({ sku }) => sku === 'poster-a3')
  expect(poster).toMatchObject({ gravest: 'reject', roles: ['image'] })
  expect(poster?.codes).toContain('PAGE_COUNT_OUT_OF_RANGE')
})

/** What only shows when print files are made and judged. */
const ofTheMaking = ['RENDERERS_DISAGREE', 'FONT_SUBSTITUTED', 'OUTPUT_VERIFICATION_FAILED', 'PAGE_RASTERISED']

test.each<[string, string, () => Promise<readonly SourceSpec[]>]>([
  ['a good poster', 'poster-a3', async () => [{ role: 'image', bytes: await jpeg({ widthPx: 2480, heightPx: 3506 }) }]],
  [
    'a coarse poster',
    'poster-a2',
    async () => [{ role: 'image', bytes: await jpeg({ widthPx: 700, heightPx: 1000 }) }],
  ],
  [
    'too coarse a poster',
    'poster-a2',
    async () => [{ role: 'image', bytes: await jpeg({ widthPx: 200, heightPx: 300 }) }],
  ],
  [
    'a book',
    'softcover-a5',
    async () => [{ role: 'interior', bytes: await documentOf({ pages: 32, widthMm: 148, heightMm: 210 }) }],
  ],
  [
    'a book of A4 pages',
    'softcover-a5',
    async () => [{ role: 'interior', bytes: await documentOf({ pages: 48, widthMm: 210, heightMm: 297 }) }],
  ],
  [
    'too thin a book',
    'softcover-a5',
    async () => [{ role: 'interior', bytes: await documentOf({ pages: 3, widthMm: 148, heightMm: 210 }) }],
  ],
  ['a document with scripts', 'magazine-a4', async () => [{ role: 'interior', bytes: await activeDocument(32) }]],
  ['a document with a broken table', 'poster-a3', async () => [{ role: 'image', bytes: await brokenTable(1) }]],
  ['a document behind a password', 'softcover-a5', async () => [{ role: 'interior', bytes: await passwordLocked(32) }]],
  ['a web page', 'softcover-a5', async () => [{ role: 'interior', bytes: Buffer.from('<!doctype html><p>Sign in') }]],
  ['a file that never came', 'poster-a3', async () => [{ role: 'image', key: 'uploads/never' }]],
  [
    'an address inside the network',
    'poster-a3',
    async () => [{ role: 'image', url: 'https://169.254.169.254/latest' }],
  ],
  [
    'an archive of pictures',
    'photobook-210x210',
    async () => {
      const entries = Array.from({ length: 24 }, async (_, index) => ({
        name: `${index + 10}.jpg`,
        data: await jpeg({ widthPx: 700, heightPx: 700, hue: index * 9 }),
      }))
      return [{ role: 'images', bytes: archiveOf(await Promise.all(entries)) }]
    },
  ],
])('%s gets the same codes from a preflight as from production', patient, async (_name, sku, sources) => {
  const specs = await sources()
  const ticket = await world.ticket(sku, specs)
  await world.send(ticket)
  const answer = await checked(specs, sku)
  const made = await world.answer(ticket.ticketId)
  expect(answer.outcome).toBe(made.outcome)
  const usual = (findings: readonly { readonly code: string }[]) =>
    codesOf(findings).filter((code) => !ofTheMaking.includes(code))
  expect(usual(answer.findings)).toEqual(usual(made.findings))
  expect(eligible(answer).includes(sku)).toBe(made.outcome === 'ready')
  if (made.outcome === 'ready') expect(answer.pages).toBe(made.pages)
})

test('a document that would take all memory ends with a reason, and the next one is answered', patient, async () => {
  const bomb = await checked([{ role: 'interior', bytes: pageBomb() }])
  expect(bomb.products.every(({ gravest }) => gravest === 'reject')).toBe(true)
  expect(bomb.findings.length).toBeGreaterThan(0)
  const next = await checked([{ role: 'image', bytes: await jpeg({ widthPx: 1300, heightPx: 1800 }) }])
  expect(eligible(next)).toContain('poster-a3')
})

test('a ticket delivered twice is answered twice with the same, under the same names', patient, async () => {
  const ticket = await ticketFor([{ role: 'image', bytes: await jpeg({ widthPx: 1300, heightPx: 1800 }) }])
  const again = { ...ticket, ticketId: newId('tkt', new Date()) }
  await world.send(ticket)
  await world.send(again)
  const [first, second] = [await world.preflighted(ticket.ticketId), await world.preflighted(again.ticketId)]
  expect(first).toMatchObject({ outcome: 'completed' })
  expect(second).toEqual({ ...first, ticketId: again.ticketId, at: second.at })
  expect(await world.listed(ticket.outputPrefix)).toHaveLength(3)
})

test('a ticket that is rung for again long after its answer gets it again, without its files', patient, async () => {
  const issuedAt = new Date(Date.now() - 60_000).toISOString()
  const sources: readonly SourceSpec[] = [{ role: 'image', bytes: await jpeg({ widthPx: 1300, heightPx: 1800 }) }]
  const ticket = await ticketFor(sources, undefined, { issuedAt })
  await world.send(ticket)
  const first = await world.preflighted(ticket.ticketId)
  const gone = ticket.sources.map((source) => ({ ...source, key: 'uploads/gone' }))
  const again = { ...ticket, ticketId: newId('tkt', new Date()), sources: gone }
  await world.send(again)
  const second = await world.preflighted(again.ticketId)
  expect(second).toEqual({ ...first, ticketId: again.ticketId, at: second.at })
})

describe('by itself', () => {
  let folder: string
  let pool: SandboxPool
  const said: PreflightResult[] = []
  const handlerWith = (more: Partial<TicketHandlerOptions>) =>
    createTicketHandler({
      ...{
        pool,
        log,
        clock: systemClock,
        s3: world.s3,
        allowedOrigins: [],
        lookup: lookupAll,
        statusQueueUrl: 'status',
      },
      sourcesBucket: world.environment.SOURCES_BUCKET,
      printFilesBucket: world.environment.PRINT_FILES_BUCKET,
      documents: { primary: { s3: world.s3, bucket: world.environment.DOCUMENTS_BUCKET } },
      writer: { send: async (_queueUrl, message) => void said.push(parse('result', PreflightResult, message)) },
      ...more,
    })
  const delivery = (receiveCount: number) => ({
    messageId: 'm',
    senderId: '',
    receiveCount,
    signal: new AbortController().signal,
  })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'processor-preflight-'))
    pool = await openSandboxPool(folder, 0, log)
  })
  afterAll(async () => {
    await pool?.close()
    if (folder) await rm(folder, { recursive: true, force: true })
  })

  test('a fault of ours is tried again four times, and then says so and nothing about the files', patient, async () => {
    const lookup = () => {
      throw new RangeError('a bug of ours')
    }
    const ticket = await ticketFor([{ role: 'image', url: 'https://example.com/a.jpg' }])
    await expect(handlerWith({ lookup })(ticket, delivery(4))).rejects.toThrow('a bug of ours')
    await handlerWith({ lookup })(ticket, delivery(5))
    expect(said.at(-1)).toMatchObject({ outcome: 'failed', failure: 'processing_failed' })
  })

  test(
    'a document that stays in the store, read by parts, gets the answer that it gets when it is fetched whole',
    patient,
    async () => {
      const ticket = await ticketFor([
        { role: 'interior', bytes: await documentOf({ pages: 40, widthMm: 148, heightMm: 210, bleedMm: 3 }) },
      ])
      const answers: unknown[] = []
      for (const rangedFromBytes of [1, Number.POSITIVE_INFINITY]) {
        await handlerWith({ rangedFromBytes })(ticket, delivery(1))
        const last = said.at(-1)
        answers.push(last?.outcome === 'completed' ? last.answer : last)
      }
      expect(answers[0]).toEqual(answers[1])
      expect(answers[0]).toMatchObject({ pages: 40, previews: { length: 6 } })
    },
  )
})
