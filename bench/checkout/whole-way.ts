import { setTimeout as wait } from 'node:timers/promises'
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { CheckoutView, PayAnswer } from '#contracts/checkout/checkout-view.ts'
import { OrderView } from '#contracts/checkout/order-view.ts'
import { parse } from '#contracts/parse.ts'
import { tables } from '../../local/platform/cloud-environment.ts'
import { runLoad } from '../orders/load.ts'
import { percentile } from '../orders/statistics.ts'
import type { Shop } from './shop.ts'

export type WholeWay = {
  readonly checkouts: number
  readonly buyers: number
  readonly ordered: Timed
  /** As far as visitors wait: to the page of the order. */
  readonly paid: Timed
  /** Of one checkout, from its first version to the ordered one. */
  readonly writes: number
  /** As many conditional writes of an item of that size, and nothing else. */
  readonly bare: Timed
}
export type Timed = { readonly perSecond: number; readonly p50Ms: number; readonly p99Ms: number }

const buyer = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
}
const cart = { offer: 0, quantity: 2, options: {} }
/** The worker looks once a second here. */
const lookMilliseconds = 50

/** Checkouts from session to "ordered", some at once, and the writes to the table that they need by themselves. */
export async function measureWholeWay(shop: Shop, checkouts: number, buyers: number): Promise<WholeWay> {
  await buy(shop)
  const paidMs: number[] = []
  let last = ''
  const load = await runLoad(checkouts, buyers, async () => {
    const startedAt = performance.now()
    const { id, orderUrl } = await buy(shop)
    paidMs.push(performance.now() - startedAt)
    await ordered(orderUrl)
    last = id
  })
  const bare = await bareWrites(shop, last, { checkouts, buyers })
  return {
    ...{ checkouts, buyers, writes: bare.writes },
    ordered: timed(load.latenciesMs, load.milliseconds),
    paid: timed(paidMs, load.milliseconds),
    bare: timed(bare.load.latenciesMs, bare.load.milliseconds),
  }
}

const timed = (latencies: readonly number[], milliseconds: number): Timed => ({
  perSecond: latencies.length / (milliseconds / 1000),
  p50Ms: percentile(latencies, 0.5),
  p99Ms: percentile(latencies, 0.99),
})

async function buy({
  checkoutUrl: url,
  publication,
}: Shop): Promise<{ readonly id: string; readonly orderUrl: string }> {
  const begun = await view(url, 'POST', '/checkout/sessions', { start: { publication }, cart, language: 'en' })
  const filled = { version: begun.version, buyer, shipping_method: 'standard' }
  const { id, path, version, price } = await view(url, 'PATCH', begun.path, filled)
  const charges = price?.methods.find(({ shipping_method }) => shipping_method === 'standard')?.charges
  if (!charges) throw new Error(`${id} has no price`)
  const wish = { version, amount: charges.gross, currency: charges.currency }
  const page = parse('pay', PayAnswer, await told(url, 'POST', `${path}/pay`, wish))
  const done = await ledTo(page.redirect_url, { method: 'POST', body: new URLSearchParams({ deed: 'pay' }) })
  return { id, orderUrl: new URL(await ledTo(`${url}${new URL(done).pathname}`), url).href }
}

/** Until order-api has it. */
async function ordered(orderUrl: string): Promise<void> {
  for (;;) {
    const state = parse('order', OrderView, await (await fetch(`${orderUrl}/state`)).json())
    if (state.known_at !== undefined) return
    await wait(lookMilliseconds)
  }
}

const view = async (url: string, method: string, path: string, body: unknown) =>
  parse('checkout', CheckoutView, await told(url, method, path, body))

async function told(url: string, method: string, path: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function ledTo(url: string, request: RequestInit = {}): Promise<string> {
  const response = await fetch(url, { redirect: 'manual', ...request })
  await response.body?.cancel()
  const next = response.headers.get('location')
  if (next === null) throw new Error(`${url} answered ${response.status}`)
  return next
}

type Size = { readonly checkouts: number; readonly buyers: number }

async function bareWrites({ tableUrl }: Shop, id: string, { checkouts, buyers }: Size) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const dynamo = new DynamoDBClient({ endpoint: tableUrl, region: 'eu-west-1', credentials })
  try {
    const key = { TableName: tables.checkouts, Key: { id: { S: id } } }
    const { Item = {} } = await dynamo.send(new GetItemCommand(key))
    const { due_shard: _shard, due_at: _at, ...kept } = Item
    const writes = Number(kept.version?.N)
    const put = (name: string, version: number) =>
      dynamo.send(
        new PutItemCommand({
          TableName: tables.checkouts,
          Item: { ...kept, id: { S: name }, version: { N: String(version) } },
          ConditionExpression: version === 1 ? 'attribute_not_exists(id)' : 'version = :before',
          ...(version > 1 && { ExpressionAttributeValues: { ':before': { N: String(version - 1) } } }),
        }),
      )
    const load = await runLoad(checkouts, buyers, async (index) => {
      for (let version = 1; version <= writes; version += 1) await put(`bench/${index}`, version)
    })
    return { writes, load }
  } finally {
    dynamo.destroy()
  }
}
