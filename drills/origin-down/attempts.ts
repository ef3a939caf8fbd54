import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Caller } from '../world/publications.ts'

const order = {
  recipient: {
    name: 'Ada Lovelace',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: 'https://example.com/poster.jpg' } }],
}

/** What a checkout was told when it wanted to order. */
export type Attempt = { readonly key: string; readonly status: number; readonly code: string }

/** A checkout's order; status 0 where there was no answer. */
export async function tryOrder({ apiUrl, secretKey }: Caller, key: string = randomUUID()): Promise<Attempt> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json', 'idempotency-key': key }
  try {
    const response = await fetch(`${apiUrl}/v1/orders`, { method: 'POST', headers, body: JSON.stringify(order) })
    const text = await response.text()
    return { key, status: response.status, code: /"code":"(\w+)"/.exec(text)?.[1] ?? '' }
  } catch {
    return { key, status: 0, code: 'no answer' }
  }
}

const tracesSql = `
  with others as (select account_id, id from orders where checkout_id is null)
  select to_jsonb((select count(*) from others)
    + (select count(*) from order_items i join others o on o.account_id = i.account_id and o.id = i.order_id)
    + (select count(*) from tickets t join others o on o.account_id = t.account_id and o.id = t.order_id)
    + (select count(*) from idempotency_keys where key in (select jsonb_array_elements_text(:keys::jsonb)))) as row`

/** Rows that refused attempts left behind: orders, items, tickets and keys. Nobody else orders here but the checkout, whose orders say so. */
export async function tracesOf(database: Database, attempts: readonly Attempt[]): Promise<number> {
  const keys = JSON.stringify(attempts.map(({ key }) => key))
  const [count = 0] = await database.rows(Type.Integer(), tracesSql, { keys })
  return count
}
