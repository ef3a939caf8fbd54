import type { Static } from 'typebox'
import { CheckoutView, PayAnswer } from '#contracts/checkout/checkout-view.ts'
import { OrderView } from '#contracts/checkout/order-view.ts'
import { CheckoutPrice } from '#contracts/checkout/price.ts'
import { parse } from '#contracts/parse.ts'
import { zipf } from '../../bench/published/zipf.ts'
import { seededRandom } from '../../local/samples/random.ts'
import { type Figure, none } from '../drill.ts'
import type { Site } from '../world/site.ts'

/** Somebody who paid, and where their order is looked after. */
export type Bought = { readonly checkoutId: string; readonly orderUrl: string; readonly amountMinor: number }

export type Purchases = {
  readonly bought: Bought[]
  begun: number
  /** Told as it is: paid, and not passed on. */
  honest: number
  readonly faults: string[]
}

export const noPurchases = (): Purchases => ({ bought: [], begun: 0, honest: 0, faults: [] })

const buyersAtOnce = 2
const cart = { offer: 0, quantity: 2, options: {} } as const
const buyer = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
} as const

type Buying = { readonly site: Site; readonly seed: number; readonly goesOn: () => boolean; readonly into: Purchases }

/** Some buy one thing after the other: what is read most is bought most. Each goes the whole way, from the first page to the order page. */
export async function buyAll({ site, seed, goesOn, into }: Buying): Promise<void> {
  const rank = zipf(site.ids.length, seededRandom(seed + 3))
  const one = async (): Promise<void> => {
    while (goesOn()) {
      into.begun += 1
      try {
        const bought = await buy(site.platform.local.checkoutUrl, site.ids[rank()] ?? '')
        into.bought.push(bought)
        const { progress, known_at } = await orderOf(bought)
        if (progress === 'received' && known_at === undefined) into.honest += 1
      } catch (error) {
        into.faults.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: buyersAtOnce }, one))
}

/** What the order page shows now. */
export const orderOf = async ({ orderUrl }: Bought): Promise<Static<typeof OrderView>> =>
  parse('order', OrderView, JSON.parse(await answer('GET', `${orderUrl}/state`)))

/** As a browser does it: page, price, address, payment page, and back to the page of the order. */
async function buy(url: string, publication: string): Promise<Bought> {
  await answer('GET', `${url}/checkout?publication=${publication}`)
  const start = { publication }
  const destination = { country: 'NL' } as const
  const wish = { start, cart, destination }
  parse('price', CheckoutPrice, JSON.parse(await answer('POST', `${url}/checkout/prices`, wish)))
  const begun = viewIn(await answer('POST', `${url}/checkout/sessions`, { start, cart, language: 'en' }))
  const filled = { version: begun.version, buyer, shipping_method: 'standard' }
  const view = viewIn(await answer('PATCH', `${url}${begun.path}`, filled))
  const method = view.price?.methods.find(({ shipping_method }) => shipping_method === view.shipping_method)
  if (!method) throw new Error(`${view.id} has no price`)
  const { gross: amount, currency } = method.charges
  const paying = { version: view.version, amount, currency }
  const page = parse('pay', PayAnswer, JSON.parse(await answer('POST', `${url}${begun.path}/pay`, paying)))
  const done = await ledTo(page.redirect_url, { method: 'POST', body: new URLSearchParams({ deed: 'pay' }) })
  const orderUrl = new URL(await ledTo(done), url).href
  await answer('GET', orderUrl)
  return { checkoutId: view.id, orderUrl, amountMinor: amount }
}

const viewIn = (text: string): Static<typeof CheckoutView> => parse('checkout', CheckoutView, JSON.parse(text))

/** The text of a successful answer. Throws with what was answered otherwise. */
async function answer(method: string, url: string, body?: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) }
  const response = await fetch(url, { method, redirect: 'manual', ...sent })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${text.slice(0, 200)}`)
  return text
}

async function ledTo(url: string, request: RequestInit = {}): Promise<string> {
  const response = await fetch(url, { redirect: 'manual', ...request })
  await response.body?.cancel()
  const next = response.headers.get('location')
  if (response.status !== 303 || next === null) throw new Error(`${new URL(url).pathname} answered ${response.status}`)
  return next
}

export const purchaseFigures = ({ begun, bought, honest }: Purchases): Figure[] => [
  { name: 'visitors at the checkout meanwhile', value: begun, wanted: { is: 'at least', value: 1 } },
  none('of them could not buy', begun - bought.length),
  none('of them told otherwise than "paid, not passed on yet"', bought.length - honest),
]
