import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLog } from '#chassis/log.ts'
import type { PreflightAnswer, PreflightResult } from '#contracts/messages/preflight-result.ts'
import { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import { examplePreflight, Preflight } from '#contracts/order-api/preflight.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
import { mostRunning } from '../../../services/order-api/preflights/limits.ts'
import { sweepPreflights } from '../../../services/order-api/preflights/sweep-preflights.ts'
import { type Answer, callerOf } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { startWorkerOf } from './worker-of.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let stopWorker: () => Promise<void>
const log = createLog('test', 'fatal')
/** How long a request waits for its answer: a moment, where a test wants it to go on without. */
const moment = 20
let waitMilliseconds = moment

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  const { untilAnswered } = api.context.preflightAnswers
  vi.spyOn(api.context.preflightAnswers, 'untilAnswered').mockImplementation((key) =>
    untilAnswered(key, waitMilliseconds),
  )
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

const poster = { sku: 'poster-a3', files: { image: 'https://example.com/a.jpg' } }
const ask = (body: unknown = poster): Promise<Answer> => call('POST', '/v1/preflights', { body })
const read = (id: string): Promise<Answer> => call('GET', `/v1/preflights/${id}`)

/** The next ticket that `isWanted`; others are left hidden. */
async function take(isWanted: (ticket: PreflightTicket) => boolean): Promise<PreflightTicket> {
  const receive = { QueueUrl: api.queueUrl('process'), WaitTimeSeconds: 5, VisibilityTimeout: 600 }
  for (;;) {
    const { Messages = [] } = await api.sqs.send(new ReceiveMessageCommand(receive))
    const body = Messages[0]?.Body
    const ticket = body === undefined ? undefined : parse('ticket', PreflightTicket, JSON.parse(body))
    if (ticket && isWanted(ticket)) return ticket
  }
}

type News = { outcome: 'completed'; answer: PreflightAnswer } | { outcome: 'progress'; step: 'checking' | 'fetching' }

async function say({ ticketId, preflightId, accountId, isTest }: PreflightTicket, news: News): Promise<void> {
  const heading = { type: 'preflight_result', ticketId, preflightId, accountId, isTest } as const
  const result: PreflightResult = { ...heading, at: new Date().toISOString(), ...news }
  await api.sqs.send(new SendMessageCommand({ QueueUrl: api.queueUrl('status'), MessageBody: JSON.stringify(result) }))
}

const answerFor = ({ outputPrefix }: PreflightTicket): PreflightAnswer => ({
  outcome: 'ready',
  pages: 1,
  printedPages: 1,
  findings: [],
  files: [{ file: 'image', format: 'jpeg', widthPx: 2480, heightPx: 3508 }],
  products: [{ sku: 'poster-a3', codes: [], roles: ['image'], pages: 1, printedPages: 1 }],
  previews: [{ file: 'image', page: 1, key: `${outputPrefix}shown-0-1.jpg`, widthPx: 340, heightPx: 480 }],
  reportKey: `${outputPrefix}preflight-report.json`,
})

/** Asks, and a processor answers in the meantime. */
async function answered(body: object, answer = answerFor): Promise<{ reply: Answer; ticket: PreflightTicket }> {
  const title = `t${Math.random()}`
  waitMilliseconds = 45_000
  try {
    const reply = ask({ ...body, title })
    const ticket = await take((each) => each.title === title)
    await say(ticket, { outcome: 'completed', answer: answer(ticket) })
    return { reply: await reply, ticket }
  } finally {
    waitMilliseconds = moment
  }
}

const settled = async (id: string, status = 'completed') =>
  vi.waitFor(async () => expect((await read(id)).json.status).toBe(status), { timeout: 20_000 })
const sweep = () => sweepPreflights({ ...api.context.changer, log })

describe('a preflight', () => {
  test('that is answered while its request waits comes back at once, with what was found and links to open', async () => {
    const { reply, ticket } = await answered(poster)
    expect(reply.status).toBe(201)
    expect(issuesOf(Preflight, reply.json)).toEqual([])
    expect(reply.json).toMatchObject({
      ...{ id: ticket.preflightId, status: 'completed', sku: 'poster-a3', outcome: 'ready', pages: 1, is_test: true },
      geometry_url: '/v1/catalogue/poster-a3/geometry?pages=1',
      products: [{ sku: 'poster-a3', eligible: true, severity: 'none', codes: [], roles: ['image'] }],
    })
    expect(reply.headers.get('location')).toBe(`/v1/preflights/${ticket.preflightId}`)
    expect(reply.json.previews[0].url).toContain(`preflights/${ticket.accountId}/${ticket.preflightId}/shown-0-1.jpg`)
    expect((await call('GET', reply.json.geometry_url)).status).toBe(200)
  })

  test('that takes longer is answered with 202, tells its step, and can be read when it is over', async () => {
    const { status, json, headers } = await ask({ ...poster, title: 'slow' })
    expect([status, json.status, json.step]).toEqual([202, 'running', 'waiting'])
    expect(issuesOf(Preflight, json)).toEqual([])
    expect(headers.get('retry-after')).toBe('1')
    const ticket = await take(({ preflightId }) => preflightId === json.id)
    await say(ticket, { outcome: 'progress', step: 'checking' })
    await vi.waitFor(async () => expect((await read(json.id)).json.step).toBe('checking'), { timeout: 20_000 })
    await say(ticket, { outcome: 'completed', answer: answerFor(ticket) })
    await settled(json.id)
    expect((await read(json.id)).json).not.toHaveProperty('step')
  })

  test('answered twice keeps its first answer and is one event, and what was asked is forgotten', async () => {
    const { reply, ticket } = await answered(poster)
    await say(ticket, { outcome: 'completed', answer: { ...answerFor(ticket), pages: 99, outcome: 'rejected' } })
    await say(ticket, { outcome: 'progress', step: 'fetching' })
    // Whatever is sent after them is applied after them or beside them: another one, over and seen, stands for both.
    const later = await answered(poster)
    expect(later.reply.status).toBe(201)
    expect((await read(reply.json.id)).json).toMatchObject({ status: 'completed', pages: 1, outcome: 'ready' })
    const told = await api.database.rows(
      Type.Object({ data: Type.Unknown() }),
      `select jsonb_build_object('data', data) as row from events
       where type = 'preflight.completed' and data->>'preflight_id' = :id::text`,
      { id: reply.json.id },
    )
    const kept = await api.database.rows(
      Type.Object({ ticket: Type.Unknown() }),
      `select jsonb_build_object('ticket', ticket) as row from preflights where id = :id::text`,
      { id: reply.json.id },
    )
    expect(kept).toEqual([{ ticket: {} }])
    expect(told).toEqual([{ data: { preflight_id: reply.json.id, status: 'completed', outcome: 'ready' } }])
  })

  test('of three hundred pictures comes back whole, though its answer is longer than a row of the database may be', async () => {
    const files = Array.from({ length: 300 }, (_, index) => ({
      ...{ file: `images/${index + 1}`, format: 'jpeg', widthPx: 4000, heightPx: 3000 },
    }))
    const words = '“ü”'.repeat(100)
    const one = {
      code: 'RESOLUTION_LOW',
      severity: 'warn',
      found: words,
      wanted: words,
      why: words,
      action: words,
    } as const
    const findings = Array.from({ length: 50 }, () => one)
    const images = Array.from({ length: 24 }, (_, index) => `https://example.com/${index}.jpg`)
    const { reply } = await answered({ sku: 'photobook-210x210', files: { images } }, (ticket) => ({
      ...answerFor(ticket),
      ...{ files, findings },
    }))
    expect(reply.status).toBe(201)
    expect(reply.json.files).toHaveLength(300)
    expect(reply.json.findings).toHaveLength(50)
  })

  test('without a product asks for every product that takes such a file, a lone one in either role', async () => {
    const { ticket } = await answered({ files: { interior: 'https://example.com/a.pdf' } })
    expect(ticket.product).toBeUndefined()
    expect(ticket.tries).toContainEqual({ sku: 'softcover-a5' })
    expect(ticket.tries).toContainEqual({ sku: 'poster-a3', role: 'image' })
  })

  test('for a country is made as the facility makes it that an order would go to', async () => {
    const { reply, ticket } = await answered({ ...poster, country: 'NL' })
    expect(reply.json.facility_id).toMatch(/^fac_/)
    expect(reply.json.geometry_url).toContain(`facility=${reply.json.facility_id}`)
    expect(ticket.product?.sku).toBe('poster-a3')
    expect((await call('GET', reply.json.geometry_url)).status).toBe(200)
  })

  test('is never pending for ever: it is rung for again, and after an hour without an answer it has failed', async () => {
    const { json } = await ask({ ...poster, title: 'lost' })
    await take(({ preflightId }) => preflightId === json.id)
    api.clock.now = new Date(Date.now() + 61_000)
    await sweep()
    expect((await take(({ preflightId }) => preflightId === json.id)).title).toBe('lost')
    api.clock.now = new Date(Date.now() + 2 * 3_600_000)
    await sweep()
    api.clock.now = undefined
    expect((await read(json.id)).json).toMatchObject({ status: 'failed', failure: 'timed_out', findings: [] })
  })

  test('is gone after a week, and looks like one that never was', async () => {
    const { reply } = await answered(poster)
    api.clock.now = new Date(Date.now() + 7 * 86_400_000 + 1000)
    expect((await read(reply.json.id)).status).toBe(404)
    await sweep()
    api.clock.now = undefined
    const gone = await read(reply.json.id)
    const unknown = await read(`pfl_${'0'.repeat(26)}`)
    expect([gone.status, gone.json.code]).toEqual([404, 'not_found'])
    expect(unknown.json.detail.replace(`pfl_${'0'.repeat(26)}`, reply.json.id)).toBe(gone.json.detail)
  })

  test('of the test world is not there for a live key', async () => {
    const { reply } = await answered(poster)
    const live = await call('GET', `/v1/preflights/${reply.json.id}`, { key: api.liveSecretKey })
    expect([live.status, live.json.code]).toEqual([404, 'not_found'])
  })

  test('of the documentation’s example is taken', async () => {
    const { reply } = await answered(examplePreflight)
    expect(reply.status).toBe(201)
  })
})

test(`however many come at once, at most ${mostRunning} of an account run; the rest are told to come back`, async () => {
  const replies = await Promise.all(Array.from({ length: mostRunning + 6 }, () => ask({ ...poster, title: 'crowd' })))
  const statuses = replies.map(({ status }) => status)
  expect(statuses.filter((status) => status === 202)).toHaveLength(mostRunning)
  const refused = replies.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(6)
  for (const { json, headers } of refused) {
    expect(json).toMatchObject({ code: 'rate_limited', retryable: true })
    expect(headers.get('retry-after')).toBe('2')
  }
  // One that is over makes room for another.
  const first = replies.find(({ status }) => status === 202)
  const ticket = await take(({ preflightId }) => preflightId === first?.json.id)
  await say(ticket, { outcome: 'completed', answer: answerFor(ticket) })
  await settled(ticket.preflightId)
  expect((await ask({ ...poster, title: 'crowd' })).status).toBe(202)
})
