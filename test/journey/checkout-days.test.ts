import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { en } from '../../services/button-checkout/pages/words/order/en.ts'
import { jpeg } from '../fixtures/journey/pictures.ts'
import { ready, someone } from '../loopback/button-checkout/page/by-visitor.ts'
import { choose, goToPayment, payThere } from './buying.ts'
import { eventually } from './eventually.ts'
import { amountIn, booksOf, fillInAs, mailTo, orderOf, stepsOf } from './shopping.ts'
import { startVisitorWorld, type VisitorWorld } from './visitor-world.ts'

const minute = 60_000
/** All that has to do with orders; what sells is published, and needs none of it. */
const ordering = ['order-worker', 'order-api', 'data-api', 'postgres']
const shoot = stepsOf('checkout-days')
let world: VisitorWorld
let poster: string

beforeAll(async () => {
  world = await startVisitorWorld()
  poster = await world.publish()
}, 240_000)
afterAll(() => world?.close(), minute)

const Made = Type.Object({ id: Type.String() })
const linkTo = (publication: string) => `${world.url}/checkout?publication=${publication}`

/** A visitor with a page of the checkout that a plain link leads to. */
const visitor = (act: (page: Page) => Promise<void>, link = linkTo(poster)) =>
  world.visit(async ({ context }) => {
    context.setDefaultTimeout(minute)
    const page = await context.newPage()
    await page.goto(link)
    await act(page)
  })

const headline = (page: Page, progress: keyof typeof en) =>
  page.getByRole('heading', { level: 1, name: en[progress] }).waitFor({ timeout: 120_000 })

test('a card that is refused charges nothing; the second one pays, once, for one order', async () => {
  const email = 'refused@example.com'
  await visitor(async (page) => {
    await fillInAs(email, page)
    const amount = await amountIn(page, '#pay')
    const payment = await goToPayment(page)
    await choose(page, 'refuse')
    await page.getByText('The card was refused').waitFor()
    await shoot(page, 'refused')
    expect(await booksOf(email, payment)).toEqual([])
    await payThere(page)
    await headline(page, 'title_delivered')
    expect(await booksOf(email, payment)).toEqual([`charge ${amount}`])
    expect((await orderOf(email, world.journey)).sale?.amount).toBe(amount)
  })
}, 240_000)

test('who comes back from the payment page and wants one more pays the new price, once, and gets two', async () => {
  const email = 'back@example.com'
  await visitor(async (page) => {
    await fillInAs(email, page)
    const one = await amountIn(page, '#pay')
    const payment = await goToPayment(page)
    await choose(page, 'back')
    await ready(page)
    await shoot(page, 'came-back')
    await page.getByRole('button', { name: 'One copy more' }).click()
    await expect.poll(() => amountIn(page, '#pay'), { timeout: minute }).toBeGreaterThan(one)
    const two = await amountIn(page, '#pay')
    await goToPayment(page)
    expect(await amountIn(page, 'h1')).toBe(two)
    await payThere(page)
    const { sale, items } = await orderOf(email, world.journey)
    expect([sale?.amount, items.map(({ quantity }) => quantity)]).toEqual([two, [2]])
    expect(await booksOf(email, payment)).toEqual([`charge ${two}`])
  })
}, 240_000)

test('while the API and its database are away a visitor buys from button to payment; back again, they make one order of it', async () => {
  const email = 'away@example.com'
  const platform = world.journey.platform()
  const shop = world.show({
    body: `<script async src="CDN/v1/button.js"></script><print-button publication="${poster}">Print this</print-button>`,
  })
  await world.visit(async ({ context, faults }) => {
    context.setDefaultTimeout(minute)
    for (const name of ordering) await platform.takeDown(name)
    let payment = ''
    let page: Page
    let amount = 0
    try {
      const host = await context.newPage()
      await host.goto(shop)
      const button = host.getByRole('button', { name: 'Print this' })
      await button.filter({ hasText: 'from €' }).waitFor()
      ;[page] = await Promise.all([context.waitForEvent('page'), button.click()])
      await fillInAs(email, page)
      amount = await amountIn(page, '#pay')
      payment = await goToPayment(page)
      await payThere(page)
      await headline(page, 'title_received')
      await page.reload()
      await headline(page, 'title_received')
      await shoot(page, 'away')
    } finally {
      for (const name of ordering.toReversed()) await platform.bringBack(name)
    }
    await headline(page, 'title_delivered')
    const { id, sale } = await orderOf(email, world.journey)
    expect(sale?.amount).toBe(amount)
    expect(await booksOf(email, payment)).toEqual([`charge ${amount}`])
    expect((await world.journey.tickets()).filter(({ orderId }) => orderId === id)).toHaveLength(1)
    expect(faults).toEqual([])
  })
}, 360_000)

test('while nothing is made yet one customer cancels and gets the money back, and another one’s parcel goes to a new address', async () => {
  const platform = world.journey.platform()
  const [sorry, moving] = ['sorry@example.com', 'moving@example.com']
  await platform.takeDown('processor')
  try {
    await visitor(async (page) => {
      await fillInAs(sorry, page)
      const amount = await amountIn(page, '#pay')
      const payment = await goToPayment(page)
      await payThere(page)
      await headline(page, 'title_preparing')
      await page.getByRole('button', { name: en.cancelOrder }).click()
      await shoot(page, 'cancel-asked')
      await page.getByRole('button', { name: en.cancelYes }).click()
      await headline(page, 'title_cancelled')
      await page.getByText('go back to you, the way you paid').waitFor()
      await page.getByText(en.cancel_accepted).waitFor()
      await shoot(page, 'cancelled')
      const mail = await mailTo(sorry, 'Cancelled: Harbour at dusk', world.journey)
      expect(mail.text).toContain(`€${(amount / 100).toFixed(2)} go back to you`)
      await expect
        .poll(() => booksOf(sorry, payment), { timeout: minute })
        .toEqual([`charge ${amount}`, `refund ${amount}`])
      const { stage, sale } = await orderOf(sorry, world.journey)
      expect([stage, sale?.refunded]).toEqual(['cancelled', amount])
    })
    await visitor(async (page) => {
      await fillInAs(moving, page)
      await goToPayment(page)
      await payThere(page)
      await headline(page, 'title_preparing')
      await page.getByRole('button', { name: en.changeAddress }).click()
      await page.locator('#line1').fill('Nieuwegracht 2')
      await shoot(page, 'other-address')
      await page.getByRole('button', { name: en.saveAddress }).click()
      await page.getByText(en.addressChanged).waitFor()
      await page.getByText('Nieuwegracht 2', { exact: true }).waitFor()
      await platform.bringBack('processor')
      await headline(page, 'title_delivered')
    })
  } finally {
    await platform.bringBack('processor')
  }
  const { id, recipient } = await orderOf(moving, world.journey)
  expect([recipient.name, recipient.address.line1]).toEqual([someone.name, 'Nieuwegracht 2'])
  const tickets = (await world.journey.tickets()).filter(({ orderId }) => orderId === id)
  expect(tickets.map(({ shipTo }) => shipTo.address.line1)).toEqual(['Nieuwegracht 2'])
}, 360_000)

test('what a publisher makes after the sale is bought, waits for its file, and is shipped once that has come', async () => {
  const email = 'patient@example.com'
  const later = await world.publish({ title: 'Your portrait', content: { kind: 'asynchronous' } })
  const { customer, platform } = world.journey
  await visitor(async (page) => {
    await ready(page)
    await shoot(page, 'file-comes-later')
    await fillInAs(email, page)
    await goToPayment(page)
    await payThere(page)
    await headline(page, 'title_waiting_for_file')
    await shoot(page, 'waits-for-file')
    const { id, items } = await orderOf(email, world.journey)
    const bytes = await jpeg(1400, 2000, 9)
    const image = await customer.upload({ filename: 'portrait.jpg', type: 'image/jpeg', bytes })
    const given = await fetch(`${world.url}/v1/orders/${id}/items/${items[0]?.id}/files`, {
      method: 'PUT',
      headers: {
        ...{ authorization: `Bearer ${platform().local.secretKey}`, 'content-type': 'application/json' },
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ image }),
    })
    expect([given.status, await given.text()]).toEqual([200, expect.stringContaining(image)])
    await headline(page, 'title_delivered')
  }, linkTo(later))
}, 240_000)

test('a file that the page names in a plain link is bought, fetched and printed', async () => {
  const email = 'linked@example.com'
  const folder = join(world.journey.dataFolder, 'samples')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'mine.jpg'), await jpeg(1400, 2000, 11))
  const { customer } = world.journey
  const body = {
    ...{ title: 'Print your own', content: { kind: 'page', origins: [world.url] } },
    offers: [{ sku: 'poster-a3', margin: { amount: 300 } }],
    ...{ currency: 'EUR', country: 'NL', publish: true },
  }
  const made = await customer.send('/v1/publications', { body, key: randomUUID() })
  const { id: publication } = parse('publication', Made, await made.json())
  const wish = { publication, src: `${world.url}/samples/mine.jpg`, title: 'A boat', reference: 'boat-1' }
  const link = `${world.url}/checkout?${new URLSearchParams(wish)}`
  await eventually('it is published', async () => ((await fetch(link)).ok ? true : undefined))
  await visitor(async (page) => {
    await ready(page)
    await page.getByRole('heading', { level: 1, name: 'A boat' }).waitFor()
    await shoot(page, 'named-by-the-page')
    await fillInAs(email, page)
    await goToPayment(page)
    await payThere(page)
    await headline(page, 'title_delivered')
    const { items, metadata } = await orderOf(email, world.journey)
    expect(items).toMatchObject([{ sku: 'poster-a3', publication, status: 'delivered' }])
    expect([items[0]?.print_files.length, metadata.reference]).toEqual([1, 'boat-1'])
  }, link)
}, 240_000)
