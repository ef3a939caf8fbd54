import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { newId } from '#chassis/ids.ts'
import { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { hashOfApiKey, makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import { sweepDueOrders } from '../../../services/order-api/orders/sweep-due.ts'
import type { Elsewhere } from '../../../services/order-api/rerouting/elsewhere.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import { callerOf, fresh, posterByUrl } from './client.ts'
import { startApi } from './platform.ts'

const bodies = { process: ProcessTicket, production: ProductionTicket, cancel: CancelTicket } as const
type Kind = keyof typeof bodies

type Terms = {
  readonly billing?: 'prepaid' | 'invoice'
  readonly limitMinor?: number
  readonly graceMinutes?: number
  readonly isTest?: boolean
}

export type Life = Awaited<ReturnType<typeof openLife>>

/** The API with what reports to it: statuses are handled as the worker handles them, tickets are read where they are written. */
export async function openLife() {
  const api = await startApi()
  const call = callerOf(api)
  const handle = createHandleStatus(api.context.changer, api.context.keyring)

  /** Tickets of an order as they were written, oldest first, of one moment by their items. */
  const tickets = async <K extends Kind>(kind: K, orderId: string) =>
    api.database.rows(
      bodies[kind],
      `select t.body as row from tickets t join order_items i on i.account_id = t.account_id and i.id = t.item_id
       where t.order_id = :id::text and t.kind = :kind::text order by t.created_at, i.position`,
      { id: orderId, kind },
    )

  const reportOn = async (orderId: string, outcome: Partial<ProcessReport> & object, place = -1) => {
    const ticket = (await tickets('process', orderId)).at(place)
    if (!ticket) throw new Error('no process ticket')
    const ids = { ticketId: ticket.ticketId, orderId, itemId: ticket.itemId }
    await handle({ type: 'process_report', ...ids, at: now().toISOString(), ...outcome })
  }
  const now = () => api.clock.now ?? new Date()

  return {
    ...{ api, call, tickets, now },
    sweep: () => sweepDueOrders(api.context.changer),
    /** The clock stands at so long after now. */
    later: (minutes: number) => {
      api.clock.now = new Date(now().getTime() + minutes * 60_000)
    },
    place: async (changes: object = {}, key = api.secretKey) =>
      (await call('POST', '/v1/orders', { key, headers: fresh(), body: posterByUrl(changes) })).json,
    /** The n-th process ticket of an order is answered; the newest without. */
    ready: (orderId: string, place?: number, pages = 1, more: object = {}) =>
      reportOn(orderId, { ...readyWith(pages), ...more }, place),
    rejected: (orderId: string, place?: number) => reportOn(orderId, rejection, place),
    says: async (
      orderId: string,
      status: FacilityStatus['status'],
      more: Partial<FacilityStatus> = {},
      place = 0,
      elsewhere?: Elsewhere,
    ) => {
      const ticket = (await tickets('production', orderId))[place]
      if (!ticket) throw new Error('no production ticket')
      const { facilityId, jobId, itemId } = ticket
      const ids = { statusId: newId('sts', new Date()), facilityId, jobId, orderId, itemId }
      const tell = elsewhere ? createHandleStatus(api.context.changer, api.context.keyring, elsewhere) : handle
      await tell({ type: 'facility_status', at: now().toISOString(), status, ...ids, ...more })
    },
    /** An account of its own, with one key. */
    keyWith: (terms: Terms) => makeAccount(api.database, terms),
    /** A live key of the test account. */
    liveKey: async (): Promise<string> => {
      const key = makeApiKey('secret', false)
      const parameters = { sha256: hashOfApiKey(key), of: hashOfApiKey(api.secretKey) }
      await api.database.rows(Type.Unknown(), liveKeySql, parameters)
      return key
    },
    /** Events of an order by type. */
    events: async (orderId: string, key = api.secretKey): Promise<string[]> =>
      (await call('GET', `/v1/orders/${orderId}/events`, { key })).json.data.map(({ type }: { type: string }) => type),
    /** What the ledger says of an order, by ledger; all of it adds up to zero. */
    booked: async (orderId: string): Promise<Readonly<Record<string, number>>> => {
      const [row] = await api.database.rows(
        Type.Record(Type.String(), Type.Integer()),
        `select coalesce(jsonb_object_agg(ledger, amount), '{}'::jsonb) as row from (select ledger, sum(amount_minor)::bigint as amount
         from ledger_entries where order_id = :id::text group by ledger having sum(amount_minor) <> 0) as sums`,
        { id: orderId },
      )
      return row ?? {}
    },
    openTickets: (orderId: string) =>
      api.database.rows(
        Type.String(),
        'select to_jsonb(kind) as row from tickets where order_id = :id::text and answered_at is null order by kind',
        { id: orderId },
      ),
  }
}

export const parcel = { tracking: { carrier: 'PostNL', number: '3STEST', quantity: 1 } }

export const printFileBytes = Buffer.from('%PDF-')
export const printFile = {
  component: 'sheet' as const,
  key: 'facilities/fac_utrecht/x/sheet.pdf',
  contentType: 'application/pdf' as const,
  sizeBytes: printFileBytes.length,
  sha256: createHash('sha256').update(printFileBytes).digest('hex'),
  pages: 1,
  sheetWidthMm: 303,
  sheetHeightMm: 426,
  trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
}

const readyWith = (pages: number) => ({
  outcome: 'ready' as const,
  pages,
  findings: [],
  printFiles: [printFile],
  previews: [],
  reportKey: 'x/preflight-report.json',
  receiptKey: 'x/receipt.json',
})

const words = { found: 'a font', wanted: 'a picture', why: 'it prints', action: 'send a picture' }
const rejection = {
  outcome: 'rejected' as const,
  findings: [{ code: 'CORRUPT_UNRECOVERABLE' as const, severity: 'reject' as const, ...words }],
}

const accountSql = `with made as (
    insert into accounts (id, name, created_at, billing, credit_limit_minor, grace_minutes)
    values (:account::text, 'Of a test', now(), :billing::text, :limit::bigint, :grace::int) returning id)
  insert into api_keys (id, sha256, account_id, kind, is_test, last_four, created_at)
  select :key::text, :sha256::text, id, 'secret', :isTest::boolean, 'test', now() from made returning to_jsonb(account_id) as row`

const liveKeySql = `insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at)
  select :sha256::text, account_id, 'secret', false, 'live', now() from api_keys where sha256 = :of::text
  returning to_jsonb(account_id) as row`

async function makeAccount(database: Awaited<ReturnType<typeof startApi>>['database'], terms: Terms): Promise<string> {
  const { billing = 'invoice', limitMinor, graceMinutes = 0, isTest = true } = terms
  const key = makeApiKey('secret', isTest)
  await database.rows(Type.Unknown(), accountSql, {
    ...{ account: newId('acc', new Date()), key: newId('key', new Date()), sha256: hashOfApiKey(key) },
    ...{ billing, limit: limitMinor ?? null, grace: graceMinutes, isTest },
  })
  return key
}
