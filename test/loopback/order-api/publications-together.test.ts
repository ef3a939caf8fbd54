import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { examplePublication } from '#contracts/order-api/publication.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { mostWorksAtOnce } from '../../../services/order-api/publications/ask-work.ts'
import { wantedPublication } from '../../../services/order-api/publications/read-publications.ts'
import { saveOf } from '../../../services/order-api/publications/save-of-wish.ts'
import { savePublication } from '../../../services/order-api/publications/save-publication.ts'
import { spreadParameters, spreadSql } from '../../../services/order-api/published/touch-sql.ts'
import { callerOf, fresh } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const make = async (changes: object = {}) =>
  (await call('POST', '/v1/publications', { headers: fresh(), body: { ...examplePublication, ...changes } })).json
const act = (id: string, action: string, body?: object) =>
  call('POST', `/v1/publications/${id}/${action}`, body && { body })
const patch = (id: string, body: object) => call('PATCH', `/v1/publications/${id}`, { body })
const count = async (sql: string, id: string): Promise<number | undefined> =>
  (await api.database.rows(Type.Integer(), `select to_jsonb((${sql})) as row`, { id }))[0]

const twenty = Array.from({ length: 20 }, (_, index) => index)

describe('many at the same moment', () => {
  test('who change the same version: one succeeds, nineteen are told, and nothing of theirs is saved', async () => {
    const { id } = await make()
    const answers = await Promise.all(twenty.map((index) => patch(id, { title: `By ${index}`, version: 1 })))
    const codes = answers.map(({ status, json }) => `${status} ${json.code ?? ''}`)
    expect(codes.filter((code) => code === '200 ')).toHaveLength(1)
    expect(codes.filter((code) => code === '409 version_conflict')).toHaveLength(19)
    const [winner] = answers.filter(({ status }) => status === 200)
    expect((await call('GET', `/v1/publications/${id}`)).json).toMatchObject({ version: 2, title: winner?.json.title })
  })

  test('who name no version are all saved, one after the other without a gap', async () => {
    const { id } = await make()
    const answers = await Promise.all(twenty.map((index) => patch(id, { metadata: { by: String(index) } })))
    expect(answers.map(({ status }) => status)).toEqual(twenty.map(() => 200))
    expect(answers.map(({ json }) => json.version).sort((a, b) => a - b)).toEqual(twenty.map((index) => index + 2))
    const { json } = await call('GET', `/v1/publications/${id}/versions?limit=100`)
    expect(json.data.map(({ version }: { version: number }) => version)).toEqual(
      twenty.concat(20).map((each) => 21 - each),
    )
    const wanted = `select wanted - written from documents where subject->>'publicationId' = :id::text`
    expect(await count(wanted, id)).toBe(21)
  })

  test('who publish, undo, change and delete: whole or gone, and every event happened once', async () => {
    const { id } = await make()
    await patch(id, { title: 'Second', publish: true })
    const answers = await Promise.all([
      ...twenty.slice(0, 5).map(() => act(id, 'publish')),
      ...twenty.slice(0, 5).map(() => act(id, 'undo', { version: 2 })),
      ...twenty.slice(0, 5).map((index) => patch(id, { reference: `r${index}`, publish: true })),
      ...twenty.slice(0, 3).map(() => call('DELETE', `/v1/publications/${id}`)),
    ])
    expect(answers.filter(({ status }) => ![200, 404, 409].includes(status))).toEqual([])
    expect(answers.slice(-3).filter(({ status }) => status === 200)).toHaveLength(1)
    const ofIt = `from publication_versions where publication_id = :id::text`
    const saves = `from events where type in ('publication.created', 'publication.updated') and data->>'publication_id' = :id::text`
    const newest = await count('select version from publications where id = :id::text', id)
    expect(await count(`select count(*) ${ofIt}`, id)).toBe(newest)
    expect(await count(`select count(*) ${saves}`, id)).toBe(newest)
    const deleted = `from events where type = 'publication.deleted' and data->>'publication_id' = :id::text`
    expect(await count(`select count(*) ${deleted}`, id)).toBe(1)
  })

  test('who save while everything is asked for again that was made of the same things: nobody is refused', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => make({ publish: true })))
    const ids: string[] = made.map(({ id }) => id)
    const sql = `with given as (select 1), ${spreadSql('given')} select jsonb_build_object() as row`
    const spread = async (places: readonly string[]): Promise<void> => {
      const parameters = spreadParameters(
        places.map((id) => tagOf.publication(id)),
        new Date(),
      )
      for (let round = 0; round < 15; round += 1) await api.database.rows(Type.Unknown(), sql, parameters)
    }
    const saves = twenty.map((index) => patch(ids[index % 10] ?? '', { title: `By ${index}`, publish: true }))
    const [answers] = await Promise.all([Promise.all(saves), spread(ids), spread([...ids].reverse())])
    expect(answers.map(({ status }) => status)).toEqual(twenty.map(() => 200))
  })

  test('whose statements wait for each other: the one that the database undoes is sent again', async () => {
    const ids: string[] = [(await make()).id, (await make()).id]
    const both = `with one as (update publications set published_at = created_at where id = :one::text returning id),
        held as (select pg_sleep(0.2), id from one),
        other as (update publications set published_at = created_at where id = :other::text and exists (select from held) returning id)
      select to_jsonb(id) as row from other`
    const [one = '', other = ''] = ids
    const done = await Promise.all([
      api.database.rows(Type.String(), both, { one, other }),
      api.database.rows(Type.String(), both, { one: other, other: one }),
    ])
    expect(done).toEqual([[other], [one]])
  })

  test('who bring more files than are looked at once: all are asked for, and only so many are rung for at once', async () => {
    const asked = { QueueUrl: api.queueUrl('process'), AttributeNames: ['ApproximateNumberOfMessages' as const] }
    const waitingIn = (table: string) =>
      `select count(*) from ${table} where state = 'processing' and :id::text is not null`
    const rung = async (): Promise<number> => {
      const { Attributes = {} } = await api.sqs.send(new GetQueueAttributesCommand(asked))
      return Number(Attributes.ApproximateNumberOfMessages)
    }
    const before = await rung()
    const free = mostWorksAtOnce - ((await count(waitingIn('thumbnails'), '')) ?? 0)
    for (let made = 0; made < free + 5; made += 1) await make({ reference: `r${made}` })
    for (const table of ['thumbnails', 'proofs']) expect(await count(waitingIn(table), '')).toBe(mostWorksAtOnce + 5)
    // A picture and a proof of each.
    await vi.waitFor(async () => expect(await rung()).toBe(before + 2 * free), 20_000)
  })

  test('whose answers are lost and whose statements are sent again: what they wanted happened once', async () => {
    const made = await make()
    const { changer, keyring } = api.context
    const [accountId = ''] = await api.database.rows(
      Type.String(),
      'select to_jsonb(account_id) as row from publications where id = :id::text',
      { id: made.id },
    )
    const owner = { accountId, isTest: true, keyId: 'key' }
    const read = await wantedPublication(api.database, owner, made.id)
    const fields = { ...read.fields, title: 'Second' }
    const save = saveOf({ ...changer, keyring }, owner, read, { fields, publishes: 'newest' })
    if (!save) throw new Error('There is nothing to save')
    expect(await savePublication(api.database, owner, save)).toMatchObject({
      works: { thumbnail: { isRung: false }, proof: { isRung: false } },
    })
    expect(await savePublication(api.database, owner, save)).toBeDefined()
    expect(await wantedPublication(api.database, owner, made.id)).toMatchObject({ version: 2, publishedVersion: 2 })
    expect(await count(`select count(*) from events where data->>'publication_id' = :id::text`, made.id)).toBe(3)
    const late = saveOf({ ...changer, keyring }, owner, read, { fields, publishes: 'newest' })
    expect(late && (await savePublication(api.database, owner, late))).toBeUndefined()
  })
})
