import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import { examplePublication, Publication, PublicationVersionList } from '#contracts/order-api/publication.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import { callerOf, fresh } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const make = async (changes: object = {}, key = api.secretKey) => {
  const answer = await call('POST', '/v1/publications', {
    headers: fresh(),
    body: { ...examplePublication, ...changes },
    key,
  })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json
}
const act = (id: string, action: string, body?: object) =>
  call('POST', `/v1/publications/${id}/${action}`, body && { body })
const patch = (id: string, body: object) => call('PATCH', `/v1/publications/${id}`, { body })
const versionsOf = async (id: string) => (await call('GET', `/v1/publications/${id}/versions?limit=100`)).json.data

/** What is asked of whoever writes documents: path → how often. */
const wantedOf = async (id: string): Promise<Readonly<Record<string, number>>> => {
  const rows = await api.database.rows(
    Type.Object({ kind: Type.String(), left: Type.Integer() }),
    `select jsonb_build_object('kind', kind, 'left', wanted - written) as row from documents
      where subject->>'publicationId' = :id::text`,
    { id },
  )
  return Object.fromEntries(rows.map(({ kind, left }) => [kind, left]))
}
const eventsOf = async (id: string): Promise<readonly unknown[]> =>
  api.database.rows(
    Type.Unknown(),
    `select jsonb_build_object('type', type, 'data', data) as row from events where data->>'publication_id' = :id::text
      order by ordinal`,
    { id },
  )

describe('a publication', () => {
  test('is a draft until it is published; the answer says where it is shown and what to put into a page', async () => {
    const made = await make()
    const { id } = made
    expect(issuesOf(Publication, made)).toEqual([])
    expect(made).toMatchObject({ ...examplePublication, state: 'draft', version: 1, is_test: true })
    expect(made.document_url).toBe(`http://127.0.0.1/public/v1/publications/${id}.json`)
    expect(made.preview_url).toMatch(
      new RegExp(`^http://127.0.0.1/public/v1/pages/preview.html#/public/v1/previews/${id}-[\\w-]{22}.json$`),
    )
    expect(made.embed.html).toContain(
      `<print-button publication="${id}"><a href="https://checkout.example.com/checkout?publication=${id}">`,
    )
    expect((await call('GET', `/v1/publications/${id}`)).json).toEqual(made)
    expect(await wantedOf(id)).toEqual({ preview: 1 })
    const shown = await act(id, 'publish')
    expect([shown.status, shown.json.state, shown.json.published_version]).toEqual([200, 'published', 1])
    expect(await wantedOf(id)).toEqual({ preview: 2, publication: 1, sale: 1 })
    expect((await act(id, 'publish')).json).toEqual(shown.json)
    expect(await wantedOf(id)).toEqual({ preview: 2, publication: 1, sale: 1 })
    expect(await eventsOf(id)).toEqual([
      { type: 'publication.created', data: { publication_id: id, version: 1 } },
      { type: 'publication.published', data: { publication_id: id, version: 1 } },
    ])
  })

  test('is made once for each Idempotency-Key, however often and at once it is asked for', async () => {
    const headers = fresh()
    const body = { ...examplePublication, publish: true }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/v1/publications', { headers, body })),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers.filter(({ headers: each }) => each.get('idempotent-replayed') === 'true')).toHaveLength(4)
    const [first] = answers
    expect(await eventsOf(first?.json.id)).toHaveLength(2)
    expect(await wantedOf(first?.json.id)).toEqual({ preview: 1, publication: 1, sale: 1 })
    const other = await call('POST', '/v1/publications', { headers, body: examplePublication })
    expect([other.status, other.json.code]).toEqual([422, 'idempotency_key_reused'])
  })

  test('has a version for every change, none for what changes nothing, and keeps showing what was published', async () => {
    const { id } = await make({ publish: true })
    const changed = await patch(id, { title: 'Second', theme: null })
    expect(changed.json).toMatchObject({ version: 2, published_version: 1, title: 'Second', state: 'published' })
    expect(changed.json).not.toHaveProperty('theme')
    expect(await wantedOf(id)).toEqual({ preview: 2, publication: 1, sale: 1 })
    expect((await patch(id, { title: 'Second', theme: null })).json).toEqual(changed.json)
    expect((await patch(id, { title: 'Third', publish: true })).json).toMatchObject({
      version: 3,
      published_version: 3,
    })
    expect((await act(id, 'publish', { version: 1 })).json).toMatchObject({ version: 3, published_version: 1 })
    expect(await wantedOf(id)).toEqual({ preview: 4, publication: 3, sale: 3 })
    const list = await call('GET', `/v1/publications/${id}/versions`)
    expect(issuesOf(PublicationVersionList, list.json)).toEqual([])
    expect(list.json.data).toMatchObject([
      { version: 3, changed: ['title'], title: 'Third', is_published: false },
      { version: 2, changed: ['theme', 'title'], title: 'Second', is_published: false },
      { version: 1, title: examplePublication.title, is_published: true, saved_by: expect.stringMatching(/^key_/) },
    ])
    expect((await call('GET', `/v1/publications/${id}/versions/2`)).json).toEqual(list.json.data[1])
    const page = await call('GET', `/v1/publications/${id}/versions?limit=2`)
    const rest = await call('GET', `/v1/publications/${id}/versions?limit=2&cursor=${page.json.next}`)
    expect([...page.json.data, ...rest.json.data]).toEqual(list.json.data)
    expect(rest.json.next).toBeNull()
  })

  test('goes back by undo, change by change, and visitors with it', async () => {
    const { id } = await make({ publish: true })
    await patch(id, { title: 'Second' })
    await patch(id, { title: 'Third', publish: true })
    expect((await act(id, 'undo', { version: 2 })).json.code).toBe('version_conflict')
    expect((await act(id, 'undo')).json).toMatchObject({ version: 4, published_version: 4, title: 'Second' })
    expect((await act(id, 'undo')).json).toMatchObject({
      version: 5,
      published_version: 5,
      title: examplePublication.title,
    })
    const end = await act(id, 'undo')
    expect([end.status, end.json.code]).toEqual([409, 'action_not_allowed'])
    expect((await versionsOf(id)).map(({ undoes }: { undoes?: number }) => undoes)).toEqual([
      1,
      2,
      undefined,
      undefined,
      undefined,
    ])
    const news = await eventsOf(id)
    expect(news.slice(-2)).toEqual([
      { type: 'publication.updated', data: { publication_id: id, version: 5, changed: ['title'], undoes: 1 } },
      { type: 'publication.published', data: { publication_id: id, version: 5 } },
    ])
  })

  test('that is deleted is gone for everyone, and its documents are asked to go', async () => {
    const { id } = await make({ publish: true })
    expect((await call('DELETE', `/v1/publications/${id}`)).json).toEqual({ id, object: 'publication', deleted: true })
    expect(await wantedOf(id)).toEqual({ preview: 2, publication: 2, sale: 2 })
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { title: 'a' }],
      ['DELETE', '', undefined],
      ['POST', '/publish', {}],
      ['POST', '/undo', {}],
      ['GET', '/versions', undefined],
      ['GET', '/versions/1', undefined],
    ] as const) {
      const { status, json } = await call(method, `/v1/publications/${id}${path}`, body && { body })
      expect([method, path, status, json.code]).toEqual([method, path, 404, 'not_found'])
    }
    expect((await eventsOf(id)).at(-1)).toEqual({ type: 'publication.deleted', data: { publication_id: id } })
    const { json } = await call('GET', '/v1/publications?limit=100')
    expect(json.data.filter((each: { id: string }) => each.id === id)).toEqual([])
  })
})

describe('a picture', () => {
  const statesOf = (id: string): Promise<readonly { readonly key: string; readonly state: string }[]> =>
    api.database.rows(
      Type.Object({ key: Type.String(), state: Type.String() }),
      `select jsonb_build_object('key', key, 'state', state) as row from thumbnails where publication_id = :id::text`,
      { id },
    )
  const rungFor = async (id: string): Promise<ThumbnailTicket> =>
    vi.waitFor(async () => {
      const { Messages = [] } = await api.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: api.queueUrl('process'),
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 0,
        }),
      )
      const bodies = Messages.map(({ Body = 'null' }): unknown => JSON.parse(Body))
      const found = bodies.find((body) => JSON.stringify(body).includes(id))
      return parse('ticket', ThumbnailTicket, found)
    }, 20_000)

  test('is asked for once, however many versions want it, and once more for another edit', async () => {
    const { id, thumbnail_state } = await make()
    expect(thumbnail_state).toEqual({ status: 'processing' })
    expect(await rungFor(id)).toMatchObject({
      publicationId: id,
      isTest: true,
      source: { url: examplePublication.content.url },
    })
    await patch(id, { title: 'Second' })
    expect(await statesOf(id)).toHaveLength(1)
    await patch(id, { thumbnail: { edit: { rotate: 90 } } })
    expect((await act(id, 'undo')).json.thumbnail_state).toEqual({ status: 'processing' })
    expect(await statesOf(id)).toHaveLength(2)
  })

  test('that could not be made is asked for again by the next save, and one that was made is not', async () => {
    const { id } = await make()
    const set = (state: string, failure: string | null) =>
      api.database.rows(
        Type.Unknown(),
        `update thumbnails set state = :state::text, failure = :failure::text where publication_id = :id::text
          returning jsonb_build_object() as row`,
        { id, state, failure },
      )
    await set('failed', 'It is a spreadsheet.')
    const { json } = await call('GET', `/v1/publications/${id}`)
    expect(json.thumbnail_state).toEqual({ status: 'failed', failure: 'It is a spreadsheet.' })
    expect((await patch(id, { title: 'Again' })).json.thumbnail_state).toEqual({ status: 'processing' })
    await set('failed', 'The file is not there: upload it, then save the publication again.')
    expect((await patch(id, { title: 'Again' })).json).toMatchObject({
      version: 2,
      thumbnail_state: { status: 'processing' },
    })
    expect((await call('GET', `/v1/publications/${id}`)).json.thumbnail_state).toEqual({ status: 'processing' })
    await set('ready', null)
    expect((await patch(id, { title: 'And again' })).json.thumbnail_state).toEqual({ status: 'ready' })
    expect((await act(id, 'publish')).json.thumbnail_state).toEqual({ status: 'ready' })
  })

  test('is none where the page brings the file, and no longer wanted of what is deleted', async () => {
    const { id, thumbnail_state } = await make({ content: { kind: 'asynchronous' } })
    expect([thumbnail_state, await statesOf(id)]).toEqual([{ status: 'none' }, []])
    const other = await make()
    await call('DELETE', `/v1/publications/${other.id}`)
    expect(await statesOf(other.id)).toEqual([])
  })
})
