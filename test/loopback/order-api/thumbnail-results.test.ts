import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { type Static, Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { newId } from '#chassis/ids.ts'
import { createLog } from '#chassis/log.ts'
import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { publicationDocuments } from '../../../services/order-api/publications/publication-documents.ts'
import { sweepWorks } from '../../../services/order-api/publications/sweep-works.ts'
import { levelThumbnails } from '../../../services/order-api/published/check/level-thumbnails.ts'
import type { Publishing } from '../../../services/order-api/published/publishing.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { startWorkerOf } from './worker-of.ts'

let api: ApiUnderTest
let owner: { readonly accountId: string; readonly isTest: boolean }
let stopWorker: () => Promise<void>
const log = createLog('test', 'silent')

const Row = Type.Object({
  state: Type.String(),
  doc: Type.Unknown(),
  failure: Type.Union([Type.String(), Type.Null()]),
  ticket: Type.Record(Type.String(), Type.Unknown()),
  rings: Type.Integer(),
  ringAt: Type.String(),
})

beforeAll(async () => {
  api = await startApi()
  const [accountId = ''] = await api.database.rows(Type.String(), 'select to_jsonb(id) as row from accounts limit 1')
  owner = { accountId, isTest: true }
  const stopping = new AbortController()
  const worker = startWorkerOf(api, stopping.signal)
  stopWorker = async () => {
    stopping.abort()
    await worker.drain()
  }
})
afterAll(async () => {
  await stopWorker?.()
  await api?.close()
})

/** A publication that waits for its picture, as a save leaves it. */
async function waiting(more: { readonly ringAt?: Date; readonly isDeleted?: boolean } = {}): Promise<ThumbnailTicket> {
  const at = new Date()
  const publicationId = newId('pub', at)
  const ticket: ThumbnailTicket = {
    ...{ type: 'thumbnail', ticketId: newId('tkt', at), publicationId, ...owner, issuedAt: at.toISOString() },
    source: { role: 'image', position: 0, url: 'https://example.com/a.jpg?signature=canary' },
    edit: {},
  }
  await api.database.rows(
    Type.Unknown(),
    `with made as (
      insert into publications (account_id, is_test, id, version, created_at, updated_at, deleted_at)
      values (:account::text, true, :id::text, 1, :at::timestamptz, :at::timestamptz, :deletedAt::timestamptz) returning id
    )
    insert into thumbnails (account_id, is_test, publication_id, key, state, ticket, created_at, ring_at, rings)
    select :account::text, true, id, 'picture', 'processing', :ticket::jsonb, :at::timestamptz, :ringAt::timestamptz, 1 from made
    returning jsonb_build_object() as row`,
    {
      ...{ account: owner.accountId, id: publicationId, ticket: JSON.stringify(ticket), at: at.toISOString() },
      ringAt: (more.ringAt ?? new Date(at.getTime() + 3_600_000_000)).toISOString(),
      deletedAt: more.isDeleted ? at.toISOString() : null,
    },
  )
  return ticket
}

const thumbnail = {
  ...{ width_px: 160, height_px: 120, colour: '#405060' },
  sources: [{ width_px: 160, path: `/public/v1/thumbnails/${'a'.repeat(22)}/160` }],
}
const resultOf = (ticket: ThumbnailTicket, more: Partial<ThumbnailResult>): ThumbnailResult => {
  const { ticketId, publicationId, accountId, isTest } = ticket
  const at = new Date().toISOString()
  return { type: 'thumbnail_result', ticketId, publicationId, accountId, isTest, at, ...more }
}

/** One after the other, as the worker applies them. */
async function tell(...results: readonly ThumbnailResult[]): Promise<void> {
  const handle = createHandleStatus(api.context.changer, api.context.keyring)
  for (const result of results) await handle(result)
}

async function rowOf({ publicationId }: ThumbnailTicket): Promise<Static<typeof Row>> {
  const [row] = await api.database.rows(
    Row,
    `select jsonb_build_object('state', state, 'doc', doc, 'failure', failure, 'ticket', ticket, 'rings', rings, 'ringAt', ring_at) as row
     from thumbnails where publication_id = :id::text`,
    { id: publicationId },
  )
  if (!row) throw new Error('no row')
  return row
}

const eventsOf = ({ publicationId }: ThumbnailTicket) =>
  api.database.rows(
    Type.Object({ type: Type.String(), data: Type.Unknown() }),
    `select jsonb_build_object('type', type, 'data', data) as row from events where data->>'publication_id' = :id::text`,
    { id: publicationId },
  )

/** How often each document of a publication is wanted. */
const wantedOf = ({ publicationId }: ThumbnailTicket) =>
  api.database.rows(
    Type.Tuple([Type.String(), Type.Integer()]),
    `select jsonb_build_array(path, wanted) as row from documents where subject->>'publicationId' = :id::text order by path desc`,
    { id: publicationId },
  )

const bothOf = ({ publicationId }: ThumbnailTicket, wanted: number) => {
  const { published, preview } = publicationDocuments(api.context.keyring, owner, publicationId)
  expect(published.path).toBe(documentPaths.publication(publicationId))
  return [
    [published.path, wanted],
    [preview.path, wanted],
  ]
}

describe('word of a thumbnail', () => {
  test('is shown by the publication’s documents, once, and the address of its file is forgotten', async () => {
    const ticket = await waiting()
    const result = resultOf(ticket, { thumbnail })
    const message = { QueueUrl: api.queueUrl('status'), MessageBody: JSON.stringify(result) }
    await api.sqs.send(new SendMessageCommand(message))
    await vi.waitFor(async () => expect((await rowOf(ticket)).state).toBe('ready'), 20_000)
    await Promise.all([tell(result), tell(result)])
    expect(await rowOf(ticket)).toMatchObject({ state: 'ready', doc: thumbnail, failure: null })
    expect((await rowOf(ticket)).ticket).toEqual({ ticketId: ticket.ticketId })
    expect(await wantedOf(ticket)).toEqual(bothOf(ticket, 1))
    expect(await eventsOf(ticket)).toEqual([])
  })

  test('that there is none is told once, in the words of whoever looked', async () => {
    const ticket = await waiting()
    const failure = 'The file is damaged: export it again.'
    await tell(resultOf(ticket, { failure }), resultOf(ticket, { failure: 'Something else.' }))
    expect(await rowOf(ticket)).toMatchObject({ state: 'failed', doc: null, failure })
    expect(await eventsOf(ticket)).toEqual([
      { type: 'publication.thumbnail_failed', data: { publication_id: ticket.publicationId, failure } },
    ])
    expect(await wantedOf(ticket)).toEqual(bothOf(ticket, 1))
  })

  test('that comes late changes nothing: not after the answer, and not for a picture that was asked for anew', async () => {
    const answered = await waiting()
    const anew = await waiting()
    await tell(resultOf(answered, { failure: 'The file is damaged.' }))
    const before = { ...anew, ticketId: newId('tkt', new Date(0)) }
    await tell(resultOf(answered, { thumbnail }), resultOf(before, { failure: 'The file is damaged.' }))
    expect((await rowOf(answered)).state).toBe('failed')
    expect(await rowOf(anew)).toMatchObject({ state: 'processing', ticket: anew })
    expect(await wantedOf(anew)).toEqual([])
    expect(await eventsOf(anew)).toEqual([])
  })

  test('of another account or of the other world changes nothing', async () => {
    const ticket = await waiting()
    const foreign = { ...ticket, accountId: newId('acc', new Date()) }
    await tell(resultOf(foreign, { thumbnail }), resultOf({ ...ticket, isTest: false }, { thumbnail }))
    expect((await rowOf(ticket)).state).toBe('processing')
  })

  test('of a publication that is gone is told to nobody', async () => {
    const ticket = await waiting({ isDeleted: true })
    await tell(resultOf(ticket, { failure: 'The file is damaged.' }))
    expect((await rowOf(ticket)).state).toBe('failed')
    expect(await eventsOf(ticket)).toEqual([])
    expect(await wantedOf(ticket)).toEqual([])
  })
})

describe('a picture that nobody makes', () => {
  const rung: ThumbnailTicket[] = []
  const sweepAt = async (now: Date): Promise<readonly string[]> => {
    rung.length = 0
    const ring = async (tickets: readonly { readonly body: unknown }[]) => {
      for (const { body } of tickets) rung.push(parse('ticket', ThumbnailTicket, body))
    }
    await sweepWorks({ ...api.context.changer, keyring: api.context.keyring, ring, log, now: () => now }, 'thumbnail')
    return rung.map(({ ticketId }) => ticketId)
  }
  const hour = 3_600_000

  test('is asked for again, each time later, and after hours given up in words', async () => {
    const start = Date.now()
    const ticket = await waiting({ ringAt: new Date(start + 30_000) })
    expect(await sweepAt(new Date(start + 29_000))).not.toContain(ticket.ticketId)
    const pauses: number[] = []
    let at = start + 30_000
    while ((await sweepAt(new Date(at))).includes(ticket.ticketId)) {
      expect(rung.find(({ ticketId }) => ticketId === ticket.ticketId)).toEqual(ticket)
      const next = Date.parse((await rowOf(ticket)).ringAt)
      pauses.push((next - at) / 1000)
      at = next
    }
    expect(pauses).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600, 3600])
    expect(at - start).toBeLessThan(7 * hour)
    expect(await rowOf(ticket)).toMatchObject({ state: 'failed', failure: expect.stringContaining('Our side') })
    expect(await eventsOf(ticket)).toHaveLength(1)
    expect(await sweepAt(new Date(at + 48 * hour))).not.toContain(ticket.ticketId)
  })

  test('of a publication that is gone is not asked for any more', async () => {
    const ticket = await waiting({ ringAt: new Date(), isDeleted: true })
    expect(await sweepAt(new Date(Date.now() + 1000))).not.toContain(ticket.ticketId)
    expect((await rowOf(ticket)).state).toBe('failed')
    expect(await eventsOf(ticket)).toEqual([])
  })

  test('is rung for once by twenty sweepers at once', async () => {
    const ticket = await waiting({ ringAt: new Date(Date.now() - 1000) })
    const all: string[] = []
    const ring = async (tickets: readonly { readonly id: string }[]) => void all.push(...tickets.map(({ id }) => id))
    const sweep = { ...api.context.changer, keyring: api.context.keyring, ring, log, now: () => new Date() }
    await Promise.all(Array.from({ length: 20 }, () => sweepWorks(sweep, 'thumbnail')))
    expect(all.filter((id) => id === ticket.ticketId)).toHaveLength(1)
  })
})

describe('pictures that a standby bucket missed while it was away', () => {
  const signal = AbortSignal.timeout(30_000)
  const at = (path: string) => ({ Key: `${path.slice(1)}.webp` })
  const put = (bucket: string, path: string) =>
    api.s3.send(
      new PutObjectCommand({
        ...{ Bucket: bucket, ...at(path), Body: path, ContentType: 'image/webp', CacheControl: cacheRules.immutable },
        Metadata: { 'cache-tag': 'publication:pub_x' },
      }),
    )
  const publishing = (now: Date): Publishing => ({
    ...{ database: api.database, pagesFolder: '', log, now: () => now },
    stores: [
      { name: 'primary', s3: api.s3, bucket: 'documents' },
      { name: 'standby', s3: api.s3, bucket: 'documents-standby' },
    ],
  })
  const pathOf = (letter: string) => `/public/v1/thumbnails/${letter.repeat(22)}/160`

  test('are copied as they are, and so are those that the first bucket lost; what nobody names any more is left', async () => {
    const named = ['m', 'n'].map((letter) => ({ ...thumbnail, sources: [{ width_px: 160, path: pathOf(letter) }] }))
    for (const each of named) await tell(resultOf(await waiting(), { thumbnail: each }))
    await put('documents', pathOf('m'))
    await put('documents-standby', pathOf('n'))
    await put('documents', pathOf('o'))
    expect(await levelThumbnails(publishing(new Date()), { isRepair: true, signal })).toEqual([])
    const later = publishing(new Date(Date.now() + 3_600_000))
    const faults = [
      { store: 'standby', kind: 'missing', path: `${pathOf('m')}.webp` },
      { store: 'primary', kind: 'missing', path: `${pathOf('n')}.webp` },
    ]
    expect(await levelThumbnails(later, { isRepair: false, signal })).toEqual(faults)
    expect(await levelThumbnails(later, { isRepair: true, signal })).toEqual(faults)
    expect(await levelThumbnails(later, { isRepair: true, signal })).toEqual([])
    const copied = await api.s3.send(new GetObjectCommand({ Bucket: 'documents-standby', ...at(pathOf('m')) }))
    expect(await copied.Body?.transformToString()).toBe(pathOf('m'))
    expect(copied).toMatchObject({ ContentType: 'image/webp', CacheControl: cacheRules.immutable })
    expect(copied.Metadata).toEqual({ 'cache-tag': 'publication:pub_x' })
  })
})
