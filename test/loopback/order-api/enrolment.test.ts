import { randomUUID } from 'node:crypto'
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readQueue } from '#chassis/queue-reader.ts'
import { makeKeyPair, openSealed } from '#chassis/sealed-box.ts'
import { writeEnrolmentCode } from '#contracts/enrolment-code.ts'
import { FacilityGrant, sealContext } from '#contracts/facility-grant.ts'
import { parse } from '#contracts/parse.ts'
import { makeEnrolmentCode } from '../../../services/order-api/enrolment/make-code.ts'
import { runOperator } from '../../../services/order-api/operator/run-operator.ts'
import { checkSender } from '../../../services/order-api/status/check-sender.ts'
import { createSenders } from '../../../services/order-api/status/senders.ts'
import { callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
})
afterAll(() => api?.close())

const operator = async (...words: string[]) => {
  const never = () => {
    throw new Error('not asked for')
  }
  const now = () => api.clock.now ?? new Date()
  const said = await runOperator(
    [...words, '--json'],
    () => api.database,
    now,
    never,
    never,
    () => api.url,
  )
  return JSON.parse(said)
}
const codeFor = async (facility = 'fac_utrecht', ...more: string[]): Promise<string> =>
  (await operator('facility', 'enrol', facility, ...more)).code

const newClient = () => ({ id: `client-${randomUUID()}`, pair: makeKeyPair() })
type Client = ReturnType<typeof newClient>

const bodyOf = (code: string, { id, pair }: Client, more: object = {}) => ({
  ...{ code, client_id: id, client_name: 'press room', public_key: pair.publicKey },
  ...more,
})
/** Each from an address of its own, as a load balancer tells it. */
const post = (body: object, place: string = randomUUID()) =>
  call('POST', '/v1/facility-enrolments', { key: '', body, headers: { 'x-forwarded-for': `6.6.6.6, ${place}` } })
const ask = (code: string, client: Client, more: object = {}) => post(bodyOf(code, client, more))

const opened = ({ id, pair }: Client, { facility_id, sealed }: { facility_id: string; sealed: never }) =>
  parse('grant', FacilityGrant, JSON.parse(openSealed(pair, sealContext('enrolment', facility_id, id), sealed) ?? ''))

const refusal = { status: 403, code: 'enrolment_refused' }
const toldOf = ({ status, json }: Awaited<ReturnType<typeof ask>>) => ({ status, code: json.code })

describe('a code of the operator', () => {
  test('lets one client in: queues, bucket and an access key come sealed to it, and nothing of them in the clear', async () => {
    const client = newClient()
    const { status, json, text, headers } = await ask(await codeFor('fac_utrecht', '--name', 'Digital 1'), client)
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    const grant = opened(client, json)
    expect(grant).toMatchObject({
      facilityId: 'fac_utrecht',
      queueUrl: api.queueUrl('facility-fac_utrecht'),
      statusQueueUrl: api.queueUrl('status'),
      printFilesBucket: 'print-files',
      region: 'eu-west-1',
    })
    expect(text).not.toContain(grant.accessKeyId)
    const { data } = await operator('facility', 'clients', 'fac_utrecht')
    expect(data.find(({ id }: { id: string }) => id === client.id)).toMatchObject({ name: 'Digital 1', heard_at: null })
  })

  test('gives the same client with the same key the same answer again, also when it asks many times at once', async () => {
    const [code, client] = [await codeFor(), newClient()]
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(code, client)))
    expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 503)).toEqual([])
    const good = answers.filter(({ status }) => status === 200)
    expect(good.length).toBeGreaterThan(0)
    expect(new Set([...good, await ask(code, client)].map(({ text }) => text)).size).toBe(1)
  })

  test('lets nobody in a second time: another key, another client, both', async () => {
    const [code, client] = [await codeFor(), newClient()]
    await ask(code, client)
    const other = newClient()
    for (const each of [{ ...client, pair: other.pair }, { ...other, pair: client.pair }, other]) {
      expect(toldOf(await ask(code, each))).toEqual(refusal)
    }
  })

  test('that is wrong, over, used, cut short or for another facility is refused in the same words', async () => {
    const used = await codeFor()
    await ask(used, newClient())
    const over = await makeEnrolmentCode(
      api.database,
      { facilityId: 'fac_utrecht', name: undefined, hours: 1, apiUrl: api.url },
      new Date(Date.now() - 3_600_001),
    )
    const unknown = writeEnrolmentCode({ secret: 'z'.repeat(26), apiUrl: api.url })
    const codes = [used, over?.code ?? '', unknown, unknown.slice(0, -3), 'pce_', '🖨']
    const answers = await Promise.all(codes.map((code) => ask(code, newClient())))
    const elsewhere = await codeFor()
    answers.push(await ask(elsewhere, newClient(), { facility_id: 'fac_leipzig' }))
    expect(answers.map(toldOf)).toEqual(answers.map(() => refusal))
    expect(new Set(answers.map(({ json }) => json.detail)).size).toBe(1)
    const { status } = await ask(elsewhere, newClient(), { facility_id: 'fac_utrecht' })
    expect(status).toBe(200)
  })

  test('is kept nowhere: the database has its hash, and no secret of what it gave', async () => {
    const [code, client] = [await codeFor(), newClient()]
    const { secretAccessKey } = opened(client, (await ask(code, client)).json)
    const sql = `select to_jsonb(e::text || c::text) as row from facility_enrolments e
      join facility_clients c on c.client_id = e.client_id where e.client_id = :client::text`
    const [row = ''] = await api.database.rows(Type.String(), sql, { client: client.id })
    expect([row.includes(client.id), row.includes(code.slice(4, 30)), row.includes(secretAccessKey)]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('is made for facilities that are there, for hours that make sense', async () => {
    await expect(operator('facility', 'enrol', 'fac_nowhere')).rejects.toThrow('There is no facility')
    for (const hours of ['0', '337', 'x']) {
      await expect(operator('facility', 'enrol', 'fac_utrecht', '--hours', hours)).rejects.toThrow('--hours')
    }
  })
})

describe('an enrolled client', () => {
  const clientsOf = ({ accessKeyId, secretAccessKey, endpoints, region }: FacilityGrant) => {
    const with_ = { region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 }
    return {
      s3: new S3Client({ ...with_, endpoint: endpoints?.s3 ?? '' }),
      sqs: new SQSClient({ ...with_, endpoint: endpoints?.sqs ?? '', useQueueUrlAsEndpoint: false }),
    }
  }
  const object = (Key: string) => ({ Bucket: 'print-files', Key })

  test('reaches what is its facility’s and nothing else, and is nobody once it is revoked', async () => {
    const client = newClient()
    const grant = opened(client, (await ask(await codeFor(), client)).json)
    const { s3, sqs } = clientsOf(grant)
    for (const id of ['fac_utrecht', 'fac_leipzig']) {
      await api.s3.send(new PutObjectCommand({ ...object(`facilities/${id}/a.pdf`), Body: 'a' }))
    }
    await s3.send(new GetObjectCommand(object('facilities/fac_utrecht/a.pdf')))
    await s3.send(new PutObjectCommand({ ...object('claims/fac_utrecht/job_1'), Body: 'a', IfNoneMatch: '*' }))
    const denied = [
      () => s3.send(new GetObjectCommand(object('facilities/fac_leipzig/a.pdf'))),
      () => s3.send(new PutObjectCommand({ ...object('claims/fac_leipzig/job_1'), Body: 'a' })),
      () => s3.send(new PutObjectCommand({ ...object('facilities/fac_utrecht/a.pdf'), Body: 'b' })),
      () => s3.send(new ListObjectsV2Command({ Bucket: 'print-files', Prefix: 'facilities/fac_utrecht/' })),
      () => s3.send(new GetObjectCommand({ Bucket: 'documents', Key: 'a' })),
      () => sqs.send(new ReceiveMessageCommand({ QueueUrl: api.queueUrl('facility-fac_leipzig') })),
      () => sqs.send(new ReceiveMessageCommand({ QueueUrl: api.queueUrl('status') })),
      () => sqs.send(new SendMessageCommand({ QueueUrl: api.queueUrl('process'), MessageBody: '{}' })),
    ]
    for (const each of denied) await expect(each()).rejects.toThrow(/denied|may not/i)
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: api.queueUrl('facility-fac_utrecht') }))
    await sqs.send(new SendMessageCommand({ QueueUrl: grant.statusQueueUrl, MessageBody: '{"a":1}' }))
    const standing = async () => {
      const { log } = api.context
      const senders = createSenders({ database: api.database, trusted: [], now: () => new Date(), log })
      return senders.standingOf(await senderOf())
    }
    expect(await standing()).toEqual({ kind: 'facility', facilityId: 'fac_utrecht', clientId: client.id })

    await operator('facility', 'revoke', 'fac_utrecht', client.id)
    expect((await standing()).kind).toBe('nobody')
    await expect(operator('facility', 'revoke', 'fac_utrecht', 'client-nobody')).rejects.toThrow('no print client')
    s3.destroy()
    sqs.destroy()
  })

  test('is believed for its own facility and for no other, and never in the name of its neighbour, whatever its messages say', async () => {
    const client = newClient()
    const grant = opened(client, (await ask(await codeFor(), client)).json)
    const { sqs } = clientsOf(grant)
    await api.sqs.send(new PurgeQueueCommand({ QueueUrl: grant.statusQueueUrl }))
    const says = { type: 'facility_heartbeat', clientId: client.id }
    const bodies = ['fac_leipzig', 'fac_utrecht'].map((facilityId) => ({ ...says, facilityId }))
    const neighbour = { ...says, facilityId: 'fac_utrecht', clientId: newClient().id }
    for (const body of [...bodies, neighbour, { type: 'process_report', orderId: 'ord_1' }, { last: true }]) {
      await sqs.send(new SendMessageCommand({ QueueUrl: grant.statusQueueUrl, MessageBody: JSON.stringify(body) }))
    }
    const { log } = api.context
    const senders = createSenders({ database: api.database, trusted: [], now: () => new Date(), log })
    const heard: unknown[] = []
    const check = checkSender(senders, log, async (body) => void heard.push(body))
    const ending = new AbortController()
    let taken = 0
    await readQueue({
      ...{ sqs: api.sqs, queueUrl: grant.statusQueueUrl, log, concurrency: 1, visibilitySeconds: 30 },
      signal: ending.signal,
      handle: async (body, delivery) => {
        await check(body, delivery)
        taken += 1
        if (taken === 5) ending.abort()
      },
    })
    expect(heard).toEqual([{ ...says, facilityId: 'fac_utrecht' }])
    sqs.destroy()
  })

  const senderOf = async (): Promise<string> => {
    const { Messages = [] } = await api.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: api.queueUrl('status'),
        MessageSystemAttributeNames: ['SenderId'],
        VisibilityTimeout: 0,
      }),
    )
    return Messages[0]?.Attributes?.SenderId ?? ''
  }
})

describe('whoever is not a client', () => {
  test('is told what is wrong with the request, and never more than that', async () => {
    const client = newClient()
    const code = await codeFor()
    const bodies = [
      {},
      bodyOf(code, client, { public_key: 'short' }),
      bodyOf(code, client, { client_id: '../../etc/passwd' }),
      bodyOf(code, client, { client_name: '' }),
      bodyOf(code, client, { extra: 1 }),
    ]
    for (const body of bodies) {
      const { status, json } = await post(body)
      expect([status, json.code]).toEqual([422, 'invalid_request'])
    }
    const everybody = { public_key: Buffer.alloc(32).toString('base64url') }
    expect(toldOf(await post(bodyOf(code, client, everybody)))).toEqual(refusal)
  })

  test('may try so many codes from one address and no more, whatever else they say where they are', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => post({}, '192.0.2.7')))
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited.length).toBeGreaterThanOrEqual(15)
    for (const { json, headers } of limited) {
      expect([json.code, Number(headers.get('retry-after')) > 0]).toEqual(['rate_limited', true])
    }
    expect((await post({}, '192.0.2.8')).status).toBe(422)
  })
})
