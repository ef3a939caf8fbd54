import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../../services/button-checkout/app.ts'
import { createContext } from '../../../services/button-checkout/context.ts'
import { createStripePayments } from '../../../services/button-checkout/payment/stripe-payments.ts'
import { type Fault, type FaultProxy, startFaultProxy } from '../order-client/fault-proxy.ts'
import { type CheckoutWorld, startCheckoutWorld } from './checkout-world.ts'
import { cart, filledIn, fromOwnPage, sessionOf } from './visitor.ts'

/** P08 for the checkout: each service that it needs fails in each way, one after the other, and comes back. */
const faults: readonly (readonly [string, Fault])[] = [
  ['resets', 'reset'],
  ['is silent', 'silent'],
  ['answers 500', { status: 500 }],
  ['answers 429', { status: 429 }],
  ['answers nonsense', 'garbage'],
]
/** No visitor waits for longer, whatever happens. */
const patienceMilliseconds = 10_000

let world: CheckoutWorld
let table: FaultProxy
let provider: FaultProxy
let dynamo: DynamoDBClient
let url: string
let close: () => Promise<void>
let magazine: string

beforeAll(async () => {
  world = await startCheckoutWorld()
  magazine = await world.publish()
  table = await startFaultProxy(world.storeUrl)
  provider = await startFaultProxy(world.payments.standIn.url)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  // With the patience of createDynamo.
  const requestHandler = new NodeHttpHandler({ requestTimeout: 1_000, throwOnRequestTimeout: true })
  const { config, log, now } = world.context
  dynamo = new DynamoDBClient({ endpoint: table.url, region: 'eu-west-1', credentials, maxAttempts: 3, requestHandler })
  const payments = createStripePayments({ ...config, STRIPE_URL: provider.url }, now)
  const app = await createApp(await createContext({ config, dynamo, payments, log, now }))
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  close = () => app.close()
})
afterAll(async () => {
  await close?.()
  dynamo?.destroy()
  await Promise.all([table?.close(), provider?.close()])
  await world?.close()
})

/** Fails with a timeout where it takes longer than anybody waits. */
async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    ...{ method, redirect: 'manual', signal: AbortSignal.timeout(patienceMilliseconds) },
    headers: { ...fromOwnPage, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = text.startsWith('{') ? JSON.parse(text) : undefined
  return { status: response.status, headers: response.headers, text, json }
}
const pay = (path: string, version: number, amount: number) =>
  ask('POST', `${path}/pay`, { version, amount, currency: 'EUR' })
const paidAt = (address: string) => world.payments.standIn.control.act(sessionOf(address), 'pay')

describe.each(faults)('the table %s', (_how, fault) => {
  test('visitors look and get prices; what would be kept is 503 and goes on afterwards', async () => {
    const { path, version, amount } = await filledIn(ask, magazine)
    table.always(fault)
    try {
      expect((await ask('GET', `/checkout?publication=${magazine}`)).status).toBe(200)
      const destination = { country: 'NL', postal_code: '3511 AA' }
      expect(
        (await ask('POST', '/checkout/prices', { start: { publication: magazine }, cart, destination })).status,
      ).toBe(200)
      const kept = await Promise.all([
        ask('POST', '/checkout/sessions', { start: { publication: magazine }, cart, language: 'nl' }),
        ask('GET', path),
        ask('GET', `${path}/state`),
        ask('PATCH', path, { version, cart }),
        pay(path, version, amount),
        ask('GET', `${path}/done`),
      ])
      expect(kept.map(({ status }) => status)).toEqual(kept.map(() => 503))
    } finally {
      table.always(undefined)
    }
    expect((await pay(path, version, amount)).status).toBe(200)
  }, 60_000)
})

describe.each(faults)('the payment provider %s', (_how, fault) => {
  test('nobody is led anywhere, nothing is changed, and the same click goes on afterwards', async () => {
    const { path, version, amount } = await filledIn(ask, magazine)
    const other = await filledIn(ask, magazine)
    const { redirect_url: page } = (await pay(other.path, other.version, other.amount)).json
    provider.always(fault)
    try {
      expect((await pay(path, version, amount)).status).toBe(503)
      const edited = await ask('PATCH', other.path, { version: other.version, cart: { ...cart, quantity: 7 } })
      expect(edited.json).toMatchObject({ code: 'payment_uncertain', checkout: { state: 'paying' } })
      expect((await ask('GET', `${other.path}/done`)).status).toBe(303)
      expect((await ask('GET', `${path}/state`)).json.state).toBe('paying')
    } finally {
      provider.always(undefined)
    }
    const again = await pay(path, version, amount)
    expect(again.json.redirect_url, again.text).toContain('/c/pay/cs_test_')
    paidAt(again.json.redirect_url)
    paidAt(page)
    for (const each of [path, other.path]) {
      expect((await ask('GET', `${each}/done`)).headers.get('location')).toMatch(/^\/order\//)
    }
  }, 60_000)
})
