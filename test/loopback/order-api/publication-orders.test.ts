import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { openAccount, type TestAccount } from './ledger-world.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { placerOf, quoteOf } from './sale-world.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let account: TestAccount
let other: TestAccount

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  account = await openAccount(api, { billing: 'invoice', creditLimitMinor: null, graceMinutes: 60 })
  other = await openAccount(api, { billing: 'invoice', creditLimitMinor: null })
})
afterAll(() => api?.close())

type Of = { readonly key?: string; readonly sku?: string; readonly publish?: boolean }

async function publication(content: object, { key = account.key, sku = 'poster-a3', publish = true }: Of = {}) {
  const body = { title: 'Harbour Lights', content, offers: [{ sku }], currency: 'EUR', publish }
  const made = await call('POST', '/v1/publications', { key, headers: fresh(), body })
  if (made.status !== 201) throw new Error(made.text)
  return made.json.id
}

async function uploaded(type: string): Promise<string> {
  const body = { filename: 'a', content_type: type, size_bytes: 5 }
  return (await call('POST', '/v1/files', { key: account.key, body })).json.id
}

const order = (item: object, { key = account.key, sku = 'poster-a3' }: Of = {}) =>
  call('POST', '/v1/orders', { key, headers: fresh(), body: posterByUrl({ items: [{ sku, quantity: 1, ...item }] }) })

const refusalOf = ({ status, json }: { status: number; json: { errors?: { pointer: string }[] } }): string =>
  [status, ...(json.errors ?? []).map(({ pointer }) => pointer)].join(' ')

/** The sources that the processor was asked to read. */
async function ticketOf(orderId: string) {
  const found = await api.context.changer.orders.findForCause(orderId, 'none')
  return found?.order.items[0]
}

const url = 'https://example.com/harbour.jpg'

describe('an order of a publication prints', () => {
  test('the uploaded file, as what the product takes it for', async () => {
    const [pdf, zip] = [await uploaded('application/pdf'), await uploaded('application/zip')]
    const book = { sku: 'softcover-a5' }
    const paperback = await publication({ kind: 'file', file: pdf, pages: 120 }, book)
    const album = { sku: 'photobook-210x210' }
    const photos = await publication({ kind: 'file', file: zip, pages: 40 }, album)
    const poster = await publication({ kind: 'file', file: pdf })
    const [bound, pictured, flat] = await Promise.all([
      order({ publication: paperback }, book),
      order({ publication: photos }, album),
      order({ publication: poster }),
    ])
    expect([bound.status, bound.json.items[0].files, bound.json.items[0].ordered_pages]).toEqual([
      ...[201, { interior: pdf }, 120],
    ])
    expect([pictured.status, pictured.json.items?.[0].files, pictured.json.items?.[0].ordered_pages]).toEqual([
      ...[201, { images: [zip] }, 40],
    ])
    expect([flat.status, flat.json.items[0].files]).toEqual([201, { image: pdf }])
    expect(bound.json.items[0]).toMatchObject({ publication: paperback, publication_version: 1 })
    expect(bound.json.stage).toBe('preflight')
    expect((await ticketOf(pictured.json.id))?.files).toEqual({ images: [zip] })
  })

  test('the file at an address, with the pages that the order says before those of the publication', async () => {
    const id = await publication({ kind: 'url', url: 'https://example.com/a.pdf', pages: 64 }, { sku: 'softcover-a5' })
    const [said, known] = await Promise.all(
      [{ pages: 80 }, {}].map((item) => order({ publication: id, ...item }, { sku: 'softcover-a5' })),
    )
    expect(said?.json.items[0]).toMatchObject({ files: { interior: 'https://example.com/a.pdf' }, ordered_pages: 80 })
    expect(known?.json.items[0].ordered_pages).toBe(64)
  })

  test('what the proof says that it is, where neither its address nor its product does', async () => {
    const album = { sku: 'photobook-210x210' }
    const id = await publication({ kind: 'url', url: 'https://example.com/album', pages: 40 }, album)
    const unknown = await order({ publication: id }, album)
    expect(unknown.json.items[0].files).toEqual({ interior: 'https://example.com/album' })
    const proof = { fits: [{ offer: 0, sku: album.sku, role: 'images', outcome: 'ready', findings: [] }] }
    const sql = `with seen as (
        insert into proofs (account_id, is_test, publication_id, key, state, ticket, doc, created_at, ring_at, rings)
        values (:account::text, true, :id::text, 'seen', 'ready', '{}', :doc::text, now(), now(), 1) returning key
      )
      update publication_versions set proof_key = 'seen' where publication_id = :id::text returning to_jsonb(version) as row`
    await api.database.rows(Type.Integer(), sql, { account: account.id, id, doc: JSON.stringify(proof) })
    const proved = await order({ publication: id }, album)
    expect(proved.json.items[0]).toMatchObject({ files: { images: ['https://example.com/album'] }, ordered_pages: 40 })
  })

  test('the file that the page names, at one of its origins', async () => {
    const id = await publication({ kind: 'page', origins: ['https://example.com'] })
    const placed = await order({ publication: id, source: url })
    expect([placed.status, placed.json.items[0].files]).toEqual([201, { image: url }])
    const elsewhere = [
      ...['https://evil.example/harbour.jpg', 'http://example.com/harbour.jpg', 'https://example.com:8443/a.jpg'],
      ...[
        'https://example.com@evil.example/a.jpg',
        'https://example.com.evil.example/a.jpg',
        'https://me:pw@example.com/a.jpg',
      ],
      ...['https://', 'https://exam ple.com/a.jpg', 'https://sub.example.com/a.jpg'],
    ]
    for (const source of elsewhere) {
      expect([source, refusalOf(await order({ publication: id, source }))]).toEqual([source, '422 /items/0/source'])
    }
    expect(refusalOf(await order({ publication: id }))).toBe('422 /items/0/source')
  })

  test('what comes later, where the publication says so', async () => {
    const id = await publication({ kind: 'asynchronous' })
    const { json } = await order({ publication: id })
    expect([json.stage, json.items[0].files, json.items[0].publication]).toEqual(['awaiting_files', undefined, id])
    const path = `/v1/orders/${json.id}/items/${json.items[0].id}/files`
    const sent = await call('PUT', path, { key: account.key, body: { image: url } })
    expect([sent.status, sent.json.stage]).toEqual([200, 'preflight'])
  })

  test('what visitors see, or the version that it names', async () => {
    const id = await publication({ kind: 'url', url })
    const content = { kind: 'url', url: 'https://example.com/second.jpg' }
    await call('PATCH', `/v1/publications/${id}`, { key: account.key, headers: fresh(), body: { content } })
    const [published, second] = await Promise.all([
      order({ publication: id }),
      order({ publication: id, publication_version: 2 }),
    ])
    expect(published?.json.items[0]).toMatchObject({ files: { image: url }, publication_version: 1 })
    expect(second?.json.items[0]).toMatchObject({ files: { image: content.url }, publication_version: 2 })
    expect(refusalOf(await order({ publication: id, publication_version: 3 }))).toBe('422 /items/0/publication_version')
  })
})

describe('an order of a publication is refused', () => {
  test('alike where it is somebody else’s, of the other world, or unknown', async () => {
    const id = await publication({ kind: 'url', url })
    const unknown = `pub_${'0'.repeat(26)}`
    const answers = [
      await order({ publication: id }, { key: other.key }),
      await order({ publication: id }, { key: account.liveKey }),
      await order({ publication: unknown }),
    ]
    const words = answers.map(({ json }) => json.errors[0].detail.replace(/pub_\w+/, 'ID'))
    expect([...answers.map(refusalOf), new Set(words).size]).toEqual([...Array(3).fill('422 /items/0/publication'), 1])
  })

  test('where nothing is published, or the product cannot be made of it', async () => {
    const draft = await publication({ kind: 'url', url }, { publish: false })
    expect(refusalOf(await order({ publication: draft }))).toBe('422 /items/0/publication')
    expect((await order({ publication: draft, publication_version: 1 })).status).toBe(201)
    const picture = await publication({ kind: 'file', file: await uploaded('image/jpeg') })
    expect(refusalOf(await order({ publication: picture }, { sku: 'softcover-a5' }))).toBe('422 /items/0/sku')
    expect(refusalOf(await order({ publication: picture }, { sku: 'no-such' }))).toBe('422 /items/0/sku')
  })

  test('with what contradicts it', async () => {
    const id = await publication({ kind: 'url', url })
    const tries = [
      [{ publication: id, files: { image: url } }, '422 /items/0/files'],
      [{ publication: id, files_later: true }, '422 /items/0/files_later'],
      [{ publication: id, source: url }, '422 /items/0/source'],
      [{ files: { image: url }, source: url }, '422 /items/0/source'],
      [{ files: { image: url }, publication_version: 1 }, '422 /items/0/publication_version'],
      [{ publication: 'pub_1' }, '422 /items/0/publication'],
    ] as const
    for (const [item, refusal] of tries) expect(refusalOf(await order(item))).toBe(refusal)
  })

  test('once it is deleted, but for what was paid before', async () => {
    const id = await publication({ kind: 'url', url })
    const quote = await quoteOf(api, { account })
    await call('DELETE', `/v1/publications/${id}`, { key: account.key })
    expect(refusalOf(await order({ publication: id, publication_version: 1 }))).toBe('422 /items/0/publication')
    const items = [{ sku: 'poster-a3', quantity: 1, publication: id, publication_version: 1 }]
    const paid = await placerOf(api)(account, quote, { changes: { items } })
    expect([paid.status, paid.json.items[0].files, paid.json.payment]).toEqual([201, { image: url }, 'paid'])
  })
})

test('sent again, it is the same order, also when the publication changed or went meanwhile', async () => {
  const id = await publication({ kind: 'url', url })
  const headers = fresh()
  const body = posterByUrl({ items: [{ sku: 'poster-a3', quantity: 1, publication: id }] })
  const first = await call('POST', '/v1/orders', { key: account.key, headers, body })
  await call('DELETE', `/v1/publications/${id}`, { key: account.key })
  const again = await call('POST', '/v1/orders', { key: account.key, headers, body })
  expect([again.text, again.headers.get('idempotent-replayed')]).toEqual([first.text, 'true'])
})
