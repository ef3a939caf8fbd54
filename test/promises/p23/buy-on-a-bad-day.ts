import { join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { uploadPoster } from '../../../bench/orders/upload-poster.ts'
import type { Addresses } from '../../../local/platform/addresses.ts'
import type { Platform } from '../../../local/platform/platform.ts'
import type { PromiseContext } from '../promise.ts'
import { type Answer, type Ask, browserAt, fillIn, goToPay, goWrong, progressOf, until } from './buy.ts'
import { buyerOf, type Canary, movedTo } from './canaries.ts'
import { filesIn, type Place, ticketsFor } from './look-everywhere.ts'
import { secretsOf } from './secrets-of.ts'

export type World = { readonly platform: Platform; readonly dataFolder: string; readonly addresses: Addresses }
export type Bought = {
  readonly secrets: readonly Canary[]
  /** Refusals of what was typed into fields of people. */
  readonly errors: readonly Answer[]
  /** What waited for a processor. */
  readonly tickets: readonly Place[]
}

/** Buys while the database, the mailbox and the processor are away, so that all of them are asked in vain with everything in hand. */
export async function buyOnABadDay({ seed, signal, tell }: PromiseContext, world: World): Promise<Bought> {
  const { platform, addresses } = world
  const ask = browserAt(platform.local.baseUrl, signal)
  const buyer = buyerOf(seed)
  tell('P23: an order on a bad day')
  const publication = await publish(world)
  const filled = await fillIn(ask, publication, buyer)
  await platform.takeDown('processor')
  await platform.takeDown('mailbox')
  await platform.takeDown('data-api')
  const errors = await goWrong(ask, filled, buyer)
  const page = await goToPay(ask, filled)
  await payAt(page)
  await until(async () => (await ask('GET', `${filled.path}/done`)).location.startsWith('/order/'))
  const order = (await ask('GET', `${filled.path}/done`)).location
  const moved = await move(ask, order, seed)
  await ask('POST', `${order}/cancel`, 'no')
  for (const event of ['order_not_taken_yet', '"work":"mail"', 'work_put_off'])
    await until(() => isLogged(world, event))
  await platform.bringBack('data-api')
  await until(async () => (await progressOf(ask, order)) === 'preparing')
  const tickets = await ticketsFor(addresses)
  await platform.bringBack('mailbox')
  await platform.bringBack('processor')
  tell('P23: waiting until it is shipped')
  await until(async () => ['shipped', 'delivered'].includes(await progressOf(ask, order)))
  const late = await Promise.all([move(ask, order, seed), ask('POST', `${order}/cancel`)])
  await ask('GET', order)
  await ask('GET', `${order}/invoice.pdf`)
  return {
    secrets: await secretsOf(world, { publication, checkout: filled.path, order, page }),
    errors: [...errors, moved, ...late].filter(({ status }) => status >= 400),
    tickets,
  }
}

const Published = Type.Object({ id: Type.String() })

async function publish({ platform, dataFolder }: World): Promise<string> {
  const { local } = platform
  const file = await uploadPoster(local, dataFolder)
  const response = await fetch(`${local.baseUrl}/v1/publications`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${local.secretKey}`,
      ...{ 'content-type': 'application/json', 'idempotency-key': 'p23-publication' },
    },
    body: JSON.stringify({
      ...{ title: 'Harbour', content: { kind: 'file', file }, offers: [{ sku: 'poster-a3', margin: { amount: 250 } }] },
      ...{ currency: 'EUR', country: 'NL', publish: true },
    }),
  })
  return parse('publication', Published, await response.json()).id
}

/** Another address, with what people type wrong first. */
async function move(ask: Ask, order: string, seed: number): Promise<Answer> {
  const { email: _stays, address, ...buyer } = buyerOf(seed)
  return ask('PATCH', `${order}/recipient`, { ...buyer, address: { ...address, line1: movedTo(seed) } })
}

async function payAt(page: string): Promise<void> {
  const session = /cs_\w+/.exec(page)?.[0] ?? ''
  const response = await fetch(new URL('/control/act', page), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ session, deed: 'pay' }),
  })
  if (!response.ok) throw new Error(`The payment page answered ${response.status}`)
}

/** Whether the checkout's worker has tried in vain. */
async function isLogged({ dataFolder }: World, words: string): Promise<boolean> {
  const files = await filesIn(join(dataFolder, 'logs'), 'log')
  return files.some(({ name, text }) => name.startsWith('log checkout-worker.log') && text.includes(words))
}
