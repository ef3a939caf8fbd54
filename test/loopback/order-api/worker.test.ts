import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLog } from '#chassis/log.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import { sweepTickets } from '../../../services/order-api/tickets/sweep.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { type ApiUnderTest, startApi } from './platform.ts'
import { startWorkerOf } from './worker-of.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let stopWorker: () => Promise<void>
const log = createLog('test', 'fatal')
const makeId = makeIdAt(() => new Date())

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
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

const send = (message: unknown) =>
  api.sqs.send(new SendMessageCommand({ QueueUrl: api.queueUrl('status'), MessageBody: JSON.stringify(message) }))

/** The next ticket of one order; those of others may be on the queue again after a sweep. */
async function take<T extends { readonly orderId: string }>(queue: string, orderId: string): Promise<T> {
  const receive = new ReceiveMessageCommand({
    QueueUrl: api.queueUrl(queue),
    WaitTimeSeconds: 5,
    VisibilityTimeout: 600,
  })
  for (;;) {
    const { Messages = [] } = await api.sqs.send(receive)
    const ticket: T = JSON.parse(Messages[0]?.Body ?? 'null')
    if (ticket === null || ticket.orderId === orderId) return ticket
  }
}

const stageOf = async (id: string) => (await call('GET', `/v1/orders/${id}`)).json.stage
const eventsOf = async (id: string): Promise<string[]> =>
  (await call('GET', `/v1/orders/${id}/events`)).json.data.map(({ type }: { type: string }) => type)

async function placed(): Promise<{ id: string; ticket: ProcessTicket }> {
  const { json } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
  return { id: json.id, ticket: await take<ProcessTicket>('process', json.id) }
}

const readyReport = (ticket: ProcessTicket): ProcessReport => ({
  type: 'process_report',
  ticketId: ticket.ticketId,
  orderId: ticket.orderId,
  itemId: ticket.itemId,
  at: new Date().toISOString(),
  outcome: 'ready',
  pages: 1,
  findings: [],
  printFiles: [
    {
      component: 'sheet',
      key: `${ticket.outputPrefix}x/sheet.pdf`,
      contentType: 'application/pdf',
      sizeBytes: 5,
      sha256: 'b'.repeat(64),
      pages: 1,
      sheetWidthMm: 303,
      sheetHeightMm: 426,
      trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
    },
  ],
  previews: [],
  reportKey: `${ticket.outputPrefix}x/preflight-report.json`,
  receiptKey: `${ticket.outputPrefix}x/receipt.json`,
})

const status = (
  ticket: ProductionTicket,
  name: FacilityStatus['status'],
  more: Partial<FacilityStatus> = {},
): FacilityStatus => ({
  type: 'facility_status',
  statusId: makeId('status'),
  facilityId: ticket.facilityId,
  jobId: ticket.jobId,
  orderId: ticket.orderId,
  itemId: ticket.itemId,
  at: new Date().toISOString(),
  status: name,
  ...more,
})

async function released(): Promise<{ id: string; production: ProductionTicket }> {
  const { id, ticket } = await placed()
  await send(readyReport(ticket))
  return { id, production: await take<ProductionTicket>(`facility-${ticket.facilityId}`, id) }
}

describe('status messages', () => {
  test('a ready report releases the order and asks the facility, and its print file can be fetched by a link', async () => {
    const { id, production } = await released()
    expect(production).toMatchObject({ orderId: id, isTest: true, shipTo: { name: 'Ada Lovelace' }, quantity: 1 })
    expect(await eventsOf(id)).toEqual([
      'order.created',
      'item.print_file_ready',
      'order.grace',
      'order.released',
      'item.queued',
    ])
    const link = await call('GET', `/v1/orders/${id}/items/${production.itemId}/print-file`)
    expect([link.status, link.json.component]).toEqual([200, 'sheet'])
    expect(link.json.url).toContain('sheet.pdf')
  })

  test('the same report three times makes one job', async () => {
    const { id, ticket } = await placed()
    const report = readyReport(ticket)
    await Promise.all([send(report), send(report), send(report)])
    await take(`facility-${ticket.facilityId}`, id)
    await vi.waitFor(async () => expect(await stageOf(id)).toBe('released'), 20_000)
    const after = await placed()
    await send({ ...readyReport(after.ticket), outcome: 'started' })
    await vi.waitFor(async () => expect(await eventsOf(after.id)).toContain('item.processing_started'), 20_000)
    expect((await eventsOf(id)).filter((type) => type === 'item.queued')).toHaveLength(1)
  })

  test('a parcel ships the order; the same word again adds no second parcel; a late word lowers nothing', async () => {
    const { id, production } = await released()
    const tracking = { carrier: 'PostNL', number: '3STEST', quantity: 1 }
    const shipped = status(production, 'shipped', { tracking })
    await send(shipped)
    await vi.waitFor(async () => expect(await stageOf(id)).toBe('shipped'), 20_000)
    await send(shipped)
    await send(status(production, 'printing'))
    await vi.waitFor(async () => expect(await eventsOf(id)).toContain('item.late'), 20_000)
    const { json } = await call('GET', `/v1/orders/${id}`)
    expect(json.stage).toBe('shipped')
    expect(json.shipments).toMatchObject([{ tracking_number: '3STEST', quantity: 1 }])
    const again = await call('POST', `/v1/orders/${id}/cancel`)
    expect([again.status, again.json.code]).toEqual([409, 'action_not_allowed'])
  })

  test('a message that is not one is kept for the dead letters and stops nothing', async () => {
    await send({ type: 'nonsense' })
    const { id } = await released()
    expect(await stageOf(id)).toBe('released')
  })
})

describe('words from outside', () => {
  test('what a shop writes is stored, also when it holds what no database takes', async () => {
    const { id, production } = await released()
    await send({ ...status(production, 'delayed'), cause: 'paper\u0000 jam\ud800' })
    await vi.waitFor(async () => expect(await eventsOf(id)).toContain('item.delayed'), 20_000)
    const { json } = await call('GET', `/v1/orders/${id}/events`)
    expect(json.data.at(-1).data.cause).toBe('paper\ufffd jam\ufffd')
  })

  test('what a file says of itself cannot keep its order from ending', async () => {
    const { id, ticket } = await placed()
    const words = { found: 'a font named \u0000', wanted: 'text', why: 'none', action: 'none' }
    await send({
      ...{ type: 'process_report', ticketId: ticket.ticketId, orderId: id, itemId: ticket.itemId },
      ...{ at: new Date().toISOString(), outcome: 'rejected' },
      findings: [{ code: 'CORRUPT_UNRECOVERABLE', severity: 'reject', ...words }],
    })
    await vi.waitFor(async () => expect(await stageOf(id)).toBe('rejected'), 20_000)
  })
})

describe('the queue is only a doorbell', () => {
  test('tickets that the queue lost are rung again, each time later', async () => {
    const { json } = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    await api.sqs.send(new PurgeQueueCommand({ QueueUrl: api.queueUrl('process') }))
    const { changer } = api.context
    const soon = new Date(Date.now() + 1000)
    expect(await sweepTickets({ ...changer, log, now: () => soon })).toBe(0)
    const later = new Date(Date.now() + 31_000)
    expect(await sweepTickets({ ...changer, log, now: () => later })).toBeGreaterThan(0)
    expect(await take<ProcessTicket>('process', json.id)).toMatchObject({ orderId: json.id })
    expect(await sweepTickets({ ...changer, log, now: () => later })).toBe(0)
  })

  test('a ticket that was answered is never rung again', async () => {
    const { id } = await released()
    const open = await api.database.rows(
      Type.String(),
      `select to_jsonb(kind) as row from tickets where order_id = :id::text and answered_at is null`,
      { id },
    )
    expect(open).toEqual(['production'])
  })

  test('a job that a facility took is asked after for 90 days, one that nobody took for ever', async () => {
    const taken = await released()
    await send(status(taken.production, 'accepted'))
    await vi.waitFor(async () => expect(await stageOf(taken.id)).toBe('released'), 20_000)
    await vi.waitFor(async () => expect(await eventsOf(taken.id)).toContain('item.accepted'), 20_000)
    const waiting = await released()
    const rung: string[] = []
    const changer = {
      ...api.context.changer,
      ring: async (due: readonly { id: string }[]) => void rung.push(...due.map(({ id }) => id)),
    }
    const sweepAfterDays = async (days: number) => {
      rung.length = 0
      await sweepTickets({ ...changer, log, now: () => new Date(Date.now() + days * 24 * 3600_000) })
    }
    await sweepAfterDays(60)
    expect(rung).toEqual(expect.arrayContaining([taken.production.ticketId, waiting.production.ticketId]))
    await sweepAfterDays(91)
    await sweepAfterDays(200)
    expect(rung).toContain(waiting.production.ticketId)
    expect(rung).not.toContain(taken.production.ticketId)
  })

  test('a ticket that was rung for a year does not keep the others from being rung', async () => {
    const { id, ticket } = await placed()
    await api.database.rows(
      Type.Unknown(),
      `update tickets set rings = 1500 where id = :id::text returning jsonb_build_object() as row`,
      { id: ticket.ticketId },
    )
    await api.sqs.send(new PurgeQueueCommand({ QueueUrl: api.queueUrl('process') }))
    await sweepTickets({ ...api.context.changer, log, now: () => new Date(Date.now() + 24 * 3600_000) })
    expect(await take<ProcessTicket>('process', id)).toMatchObject({ ticketId: ticket.ticketId })
  })

  test('twenty sweepers at once ring a ticket once', async () => {
    await placed()
    const later = new Date(Date.now() + 24 * 3600_000)
    const { changer } = api.context
    await sweepTickets({ ...changer, log, now: () => later })
    const next = new Date(later.getTime() + 365 * 24 * 3600_000)
    const open = await api.database.rows(
      Type.Integer(),
      `select to_jsonb(count(*)::int) as row from tickets where answered_at is null and ring_at < 'infinity'`,
    )
    const rung = await Promise.all(Array.from({ length: 20 }, () => sweepTickets({ ...changer, log, now: () => next })))
    expect(rung.reduce((sum, count) => sum + count, 0)).toBe(open[0])
  })
})
