import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProcessReport } from '#contracts/messages/process-report.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import { hashOfApiKey, makeApiKey } from '../../../services/order-api/auth/api-key.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import type { Item, Order } from '../../../services/order-api/orders/order.ts'
import { createHandleStatus } from '../../../services/order-api/status/handle-status.ts'
import type { ApiUnderTest } from './platform.ts'

export type Terms = {
  readonly billing: 'prepaid' | 'invoice'
  readonly creditLimitMinor: number | null
  readonly currency?: CurrencyCode
  readonly graceMinutes?: number
}
export type TestAccount = { readonly id: string; readonly key: string; readonly liveKey: string }

const makeId = makeIdAt(() => new Date())

const openSql = `
  with account as (
    insert into accounts (id, name, created_at, billing, credit_limit_minor, currency, grace_minutes)
    values (:id::text, 'Customer', now(), :billing::text, :limit::bigint, :currency::text, :grace::int) returning id
  )
  insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at)
  select k.sha256, account.id, 'secret', k.is_test, 'abcd', now()
  from account, (values (:test::text, true), (:live::text, false)) as k(sha256, is_test)
  returning jsonb_build_object() as row`

/** A customer of its own, so that nothing else is booked on its account. */
export async function openAccount({ database }: ApiUnderTest, terms: Terms): Promise<TestAccount> {
  const account = { id: makeId('account'), key: makeApiKey('secret', true), liveKey: makeApiKey('secret', false) }
  await database.rows(Type.Unknown(), openSql, {
    id: account.id,
    billing: terms.billing,
    limit: terms.creditLimitMinor,
    currency: terms.currency ?? 'EUR',
    grace: terms.graceMinutes ?? 0,
    test: hashOfApiKey(account.key),
    live: hashOfApiKey(account.liveKey),
  })
  return account
}

/** The terms of an account, changed by its operator. */
export async function changeLimit({ database }: ApiUnderTest, { id }: TestAccount, limit: number): Promise<void> {
  const sql = `update accounts set credit_limit_minor = :limit::bigint where id = :id::text returning jsonb_build_object() as row`
  await database.rows(Type.Unknown(), sql, { id, limit })
}

/** As if the account had paid in for years. */
export async function becomeRich({ database }: ApiUnderTest, { id }: TestAccount, amount: number): Promise<void> {
  const sql = `with booked as (
      insert into ledger_entries (account_id, is_test, id, transaction_id, ledger, amount_minor, currency, cause, at)
      select :id::text, true, :entry::text || ledger, 'txn_old', ledger, sign * :amount::bigint, 'EUR', 'deposit', now()
      from (values ('cash', 1), ('prepaid', -1)) as sides(ledger, sign))
    insert into balances (account_id, is_test, currency, balance_minor, limit_minor)
    values (:id::text, true, 'EUR', :amount::bigint, 0) returning jsonb_build_object() as row`
  await database.rows(Type.Unknown(), sql, { id, amount, entry: makeId('ledgerEntry') })
}

/** Transactions in the whole database that do not add up to zero, or are in two currencies. */
export async function unbalanced({ database }: ApiUnderTest): Promise<readonly string[]> {
  const sql = `select to_jsonb(transaction_id) as row from ledger_entries group by transaction_id
    having sum(amount_minor) <> 0 or count(distinct currency) > 1 or count(*) < 2`
  return await database.rows(Type.String(), sql)
}

/** Balances in the whole database that are below their limit, or not what was booked on accounts that always paid in advance. */
export async function wrongBalances({ database }: ApiUnderTest): Promise<readonly unknown[]> {
  const sql = `select to_jsonb(b) as row from balances b join accounts a on a.id = b.account_id
    where b.balance_minor < -b.limit_minor or b.balance_minor <> -(
      select coalesce(sum(e.amount_minor), 0) from ledger_entries e where e.account_id = b.account_id and e.is_test = b.is_test
        and e.currency = b.currency and e.ledger in ('prepaid', 'receivable'))`
  return await database.rows(Type.Unknown(), sql)
}

/** What processors and facilities say of an order, handled as the worker handles it. */
export function outsideOf(api: ApiUnderTest) {
  const handle = createHandleStatus(api.context.changer, api.context.keyring)
  const find = async (id: string): Promise<Order> => {
    const found = await api.context.changer.orders.findForCause(id, 'none')
    if (!found) throw new Error(`There is no order ${id}`)
    return found.order
  }
  const itemOf = async (id: string, place: number): Promise<{ order: Order; item: Item }> => {
    const order = await find(id)
    const item = order.items[place]
    if (!item) throw new Error(`Order ${id} has no item ${place}`)
    return { order, item }
  }
  return {
    find,
    ready: async (id: string, place = 0) => handle(reportOf(id, (await itemOf(id, place)).item, 'ready')),
    rejected: async (id: string, place = 0) => handle(reportOf(id, (await itemOf(id, place)).item, 'rejected')),
    says: async (id: string, status: FacilityStatus['status'], place = 0) => {
      const { item } = await itemOf(id, place)
      await handle(statusOf(id, item, status))
    },
  }
}

/** A processor's last word on an item. */
export function reportOf(orderId: string, item: Item, outcome: 'ready' | 'rejected'): ProcessReport {
  const at = new Date().toISOString()
  const base = { type: 'process_report' as const, ticketId: item.processTicketId, orderId, itemId: item.id, at }
  if (outcome === 'rejected') {
    const words = { found: '20 dpi', wanted: '100 dpi', why: 'it would look soft', action: 'send a larger picture' }
    return { ...base, outcome, findings: [{ code: 'RESOLUTION_TOO_LOW', severity: 'reject', ...words }] }
  }
  const folder = `facilities/${item.facilityId}/${orderId}/${item.id}/`
  const sheet = {
    component: 'sheet' as const,
    key: `${folder}sheet.pdf`,
    contentType: 'application/pdf' as const,
    sizeBytes: 5,
    sha256: 'b'.repeat(64),
    pages: 1,
    sheetWidthMm: 303,
    sheetHeightMm: 426,
    trimBox: { xMm: 3, yMm: 3, widthMm: 297, heightMm: 420 },
  }
  const kept = { reportKey: `${folder}preflight-report.json`, receiptKey: `${folder}receipt.json` }
  return { ...base, outcome, pages: item.orderedPages ?? 1, findings: [], printFiles: [sheet], previews: [], ...kept }
}

/** A facility's word on an item's job. */
export const statusOf = (orderId: string, item: Item, status: FacilityStatus['status']): FacilityStatus => ({
  type: 'facility_status',
  statusId: makeId('status'),
  facilityId: item.facilityId,
  jobId: item.jobId ?? makeId('job'),
  orderId,
  itemId: item.id,
  at: new Date().toISOString(),
  status,
  ...(status === 'shipped'
    ? { tracking: { carrier: 'PostNL', number: `3S${randomUUID()}`, quantity: item.quantity } }
    : {}),
})
