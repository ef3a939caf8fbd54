import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { type Static, Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#chassis/ids.ts'
import { createLog } from '#chassis/log.ts'
import type { Finding } from '#contracts/findings.ts'
import type { ProofResult } from '#contracts/messages/proof-result.ts'
import { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { documentPaths, keyOfPath } from '#contracts/published/document-paths.ts'
import { ProofDocument } from '#contracts/published/proof-document.ts'
import { publicationDocuments } from '../../services/order-api/publications/publication-documents.ts'
import { sweepWorks } from '../../services/order-api/publications/sweep-works.ts'
import { checkDocuments } from '../../services/order-api/published/check/check-documents.ts'
import { createHandleStatus } from '../../services/order-api/status/handle-status.ts'
import { buckets, documentAt, lyingAt, type PublishedWorld, startPublishedWorld } from './published-world.ts'

let world: PublishedWorld
let owner: { readonly accountId: string; readonly isTest: boolean }

beforeAll(async () => {
  world = await startPublishedWorld()
  await world.publishAll()
  const [accountId = ''] = await world.api.database.rows(
    Type.String(),
    'select to_jsonb(id) as row from accounts limit 1',
  )
  owner = { accountId, isTest: true }
})
afterAll(() => world?.close())
beforeEach(() => {
  world.api.clock.now = undefined
})

const Row = Type.Object({ state: Type.String(), ticket: Type.Unknown() })
const rowsOf = (id: string): Promise<Static<typeof Row>[]> =>
  world.api.database.rows(
    Row,
    `select jsonb_build_object('state', state, 'ticket', ticket) as row from proofs where publication_id = :id::text order by created_at`,
    { id },
  )
/** What processors are asked for a publication at the moment. */
const ticketsOf = async (id: string): Promise<ProofTicket[]> =>
  (await rowsOf(id)).flatMap(({ state, ticket }) =>
    state === 'processing' ? [parse('ticket', ProofTicket, ticket)] : [],
  )
async function ticketOf(id: string): Promise<ProofTicket> {
  const [ticket, ...others] = await ticketsOf(id)
  if (!ticket || others.length > 0) throw new Error('not one ticket')
  return ticket
}
const stateOf = async (id: string) => (await world.call('GET', `/v1/publications/${id}`)).json.proof_state
const eventsOf = (id: string) =>
  world.api.database.rows(
    Type.Unknown(),
    `select data as row from events where type = 'publication.proofed' and data->>'publication_id' = :id::text`,
    { id },
  )

const soft: Finding = {
  ...{ code: 'RESOLUTION_LOW', severity: 'warn', file: 'interior', page: 7 },
  printedOn: { component: 'interior', pages: [7, 8, 9] },
  where: { xMm: 10, yMm: 20, widthMm: 30, heightMm: 40 },
  ...{ found: '96 dpi', wanted: 'at least 150 dpi', why: 'It looks soft.', action: 'Printed as it is.' },
}
const few: Finding = { ...soft, code: 'PAGE_COUNT_OUT_OF_RANGE', severity: 'reject', found: '4 pages' }
const pictureAt = (letter: string) => ({
  ...{ width_px: 320, height_px: 454, colour: '#405060' },
  sources: [{ width_px: 320, path: `/public/v1/thumbnails/${letter.repeat(22)}/320` }],
})

function resultOf(ticket: ProofTicket, more: Partial<ProofResult> = {}, letter = 'p'): ProofResult {
  const { ticketId, publicationId, accountId, isTest } = ticket
  const heading = {
    type: 'proof_result',
    ticketId,
    publicationId,
    accountId,
    isTest,
    at: new Date().toISOString(),
  } as const
  if (more.failure !== undefined) return { ...heading, ...more }
  const fit = { role: 'interior', outcome: 'ready', pages: 48, printed_pages: 48, findings: [soft] } as const
  return {
    ...heading,
    proof: {
      ...{ object: 'proof', kind: 'document', pages: 48, page_width_mm: 148, page_height_mm: 210 },
      shown: [{ page: 1, picture: pictureAt(letter) }],
      fits: [
        { offer: 0, sku: 'magazine-a4', ...fit, findings: [soft] },
        { offer: 1, sku: 'softcover-a5', role: 'interior', outcome: 'rejected', findings: [few] },
      ],
    },
    ...more,
  }
}

async function tell(...results: readonly ProofResult[]): Promise<void> {
  const { changer, keyring } = world.api.context
  const handle = createHandleStatus(changer, keyring)
  for (const result of results) await handle(result)
  await world.publishAll()
}

const publicationAt = (id: string) => documentAt(world, documentPaths.publication(id))
const previewAt = (id: string) =>
  documentAt(world, publicationDocuments(world.api.context.keyring, owner, id).preview.path)

describe('what a publication looks like in print', () => {
  test('is asked for when it is saved, with every offer, and told to its publisher and to visitors when it is there', async () => {
    const id = await world.make()
    expect(await stateOf(id)).toEqual({ status: 'processing' })
    const ticket = await ticketOf(id)
    expect(ticket).toMatchObject({
      ...{ publicationId: id, ...owner, title: 'Harbour Lights, issue 12' },
      source: { url: 'https://example.com/harbour-lights-12.pdf' },
      offers: [
        { sku: 'magazine-a4', options: {} },
        { sku: 'softcover-a5', options: {} },
      ],
    })
    await world.publishAll()
    expect(await publicationAt(id)).not.toHaveProperty('proof')
    await tell(resultOf(ticket))
    const rejected = [{ offer: 1, sku: 'softcover-a5' }]
    expect(await stateOf(id)).toEqual({ status: 'ready', worst: 'reject', rejected })
    expect(await eventsOf(id)).toEqual([{ publication_id: id, worst: 'reject', rejected }])
    const { proof: path } = await publicationAt(id)
    expect(path).toMatch(new RegExp(`^/public/v1/proofs/${id}\\.[\\w-]{22}\\.json$`))
    expect((await previewAt(id)).proof).toBe(path)
    const document = await documentAt(world, path)
    expect(issuesOf(ProofDocument, document)).toEqual([])
    expect(document.fits[0].findings[0]).toMatchObject({
      ...{ code: 'RESOLUTION_LOW', page: 7, found: '96 dpi', printed_on: { component: 'interior', pages: '7-9' } },
      where: { x_mm: 10, y_mm: 20, width_mm: 30, height_mm: 40 },
    })
    expect(await documentAt(world, path, buckets.standby)).toEqual(document)
    const lying = await lyingAt(world, path)
    expect([lying?.cacheControl, lying?.tags]).toEqual([cacheRules.immutable, `publication:${id}`])
    expect(await lyingAt(world, `${path}.br`)).toBeDefined()
  })

  test('is shared by versions with the same content and offers, whatever is written around them', async () => {
    const id = await world.make()
    await tell(resultOf(await ticketOf(id)))
    const { proof: path } = await publicationAt(id)
    const edited = await world.edit(id, {
      title: 'Other',
      offers: [{ sku: 'magazine-a4', margin: { percent: 5 } }, { sku: 'softcover-a5' }],
    })
    expect(edited.json.proof_state.status).toBe('ready')
    expect(await ticketsOf(id)).toEqual([])
    await world.publishAll()
    expect(await publicationAt(id)).toMatchObject({ title: 'Other', proof: path })
    expect(await rowsOf(id)).toHaveLength(1)
  })

  test('is looked at anew for another file; visitors keep seeing that of the version they see', async () => {
    const id = await world.make()
    await tell(resultOf(await ticketOf(id)))
    const { proof: path } = await publicationAt(id)
    const content = { kind: 'url', url: 'https://example.com/other.pdf' }
    const draft = await world.call('PATCH', `/v1/publications/${id}`, { body: { content } })
    expect(draft.json.proof_state).toEqual({ status: 'processing' })
    await tell(resultOf(await ticketOf(id), {}, 'q'))
    expect((await publicationAt(id)).proof).toBe(path)
    expect((await previewAt(id)).proof).not.toBe(path)
    await world.call('POST', `/v1/publications/${id}/publish`, { body: {} })
    await world.publishAll()
    expect((await publicationAt(id)).proof).toBe((await previewAt(id)).proof)
  })

  test.each([
    ['comes later', { kind: 'asynchronous' }],
    ['is named by a page', { kind: 'page', origins: ['https://example.com'] }],
  ])('is asked of nobody where the content %s', async (_, content) => {
    const id = await world.make({ content })
    expect([await stateOf(id), await rowsOf(id)]).toEqual([{ status: 'none' }, []])
  })
})

describe('word of a proof', () => {
  test('that comes twice or late, of an old ticket, of another account or world changes nothing', async () => {
    const id = await world.make()
    const ticket = await ticketOf(id)
    const foreign = { ...ticket, accountId: newId('acc', new Date()) }
    const before = { ...ticket, ticketId: newId('tkt', new Date(0)) }
    await tell(resultOf(foreign), resultOf({ ...ticket, isTest: false }), resultOf(before))
    expect([await stateOf(id), await eventsOf(id)]).toEqual([{ status: 'processing' }, []])
    await tell(resultOf(ticket))
    const { proof: path } = await publicationAt(id)
    await tell(resultOf(ticket, {}, 'z'), resultOf(ticket, { failure: 'Something else.' }))
    expect((await stateOf(id)).status).toBe('ready')
    expect((await publicationAt(id)).proof).toBe(path)
    expect(await eventsOf(id)).toHaveLength(1)
  })

  test('that nobody could look is told in words, forgets the address, and is asked for again by the next save', async () => {
    const id = await world.make()
    const failure = 'The file could not be fetched: upload it.'
    await tell(resultOf(await ticketOf(id), { failure }))
    expect(await stateOf(id)).toEqual({ status: 'failed', failure })
    expect(await eventsOf(id)).toEqual([{ publication_id: id, failure }])
    expect(JSON.stringify(await rowsOf(id))).not.toContain('example.com')
    expect(await publicationAt(id)).not.toHaveProperty('proof')
    const again = await world.edit(id, {})
    expect(again.json.proof_state).toEqual({ status: 'processing' })
    await tell(resultOf(await ticketOf(id)))
    expect((await stateOf(id)).status).toBe('ready')
  })

  test('of a publication that is gone is told to nobody; what nobody made yet is not asked for any more', async () => {
    const [asked, ready] = [await world.make(), await world.make()]
    const ticket = await ticketOf(asked)
    await tell(resultOf(await ticketOf(ready)))
    for (const id of [asked, ready]) await world.call('DELETE', `/v1/publications/${id}`)
    expect(await rowsOf(asked)).toEqual([])
    await tell(resultOf(ticket))
    expect([await eventsOf(asked), await publicationAt(asked), await publicationAt(ready)]).toEqual([
      [],
      undefined,
      undefined,
    ])
  })
})

test('a proof that nobody makes is rung for again, and given up in words after hours', async () => {
  const id = await world.make()
  const { ticketId } = await ticketOf(id)
  const rung: string[] = []
  const ring = async (tickets: readonly { readonly id: string }[]) => void rung.push(...tickets.map((each) => each.id))
  const { changer, keyring } = world.api.context
  const start = Date.now()
  for (let minutes = 1; minutes < 10 * 60; minutes += 10) {
    const now = () => new Date(start + minutes * 60_000)
    await sweepWorks({ ...changer, keyring, ring, log: createLog('test', 'silent'), now }, 'proof')
  }
  expect(rung.filter((each) => each === ticketId)).toHaveLength(11)
  expect(await stateOf(id)).toMatchObject({ status: 'failed', failure: expect.stringContaining('Our side') })
})

describe('the check of what lies in the stores', () => {
  const check = (isRepair: boolean) =>
    checkDocuments(world.publishing, world.release, { isRepair, signal: AbortSignal.timeout(30_000) })
  const told = async (isRepair: boolean) =>
    ((await check(isRepair)) ?? []).map(({ store, kind, path }) => `${store} ${kind} ${path}`).toSorted()

  test('mends a proof that is missing, keeps what is named, and takes away after two months what is not', async () => {
    const id = await world.make()
    await tell(resultOf(await ticketOf(id), {}, 'k'))
    const { proof: path } = await publicationAt(id)
    const [kept] = pictureAt('k').sources
    for (const bucket of [buckets.primary, buckets.standby])
      await world.api.s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOfPath(`${kept?.path}.webp`),
          Body: 'x',
          ContentType: 'image/webp',
        }),
      )
    await world.publishAll()
    world.later(61 * 24 * 3600)
    await world.publishAll()
    await told(true)
    await world.publishAll()
    expect(await told(false)).toEqual([])
    expect(await lyingAt(world, `${kept?.path}.webp`)).toBeDefined()
    await world.api.s3.send(new DeleteObjectCommand({ Bucket: buckets.standby, Key: keyOfPath(path) }))
    expect(await told(true)).toEqual([`standby missing ${path}`])
    await world.publishAll()
    expect(await documentAt(world, path, buckets.standby)).toEqual(await documentAt(world, path))
    await world.call('DELETE', `/v1/publications/${id}`)
    await world.publishAll()
    await told(true)
    expect([await lyingAt(world, path), await lyingAt(world, `${kept?.path}.webp`)]).toEqual([undefined, undefined])
  })
})
