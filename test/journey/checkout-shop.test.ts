import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrderProgress } from '#contracts/checkout/order-view.ts'
import { EntryList } from '#contracts/order-api/ledger.ts'
import { nameShop } from '../../local/demo-shop/name-shop.ts'
import { openShop } from '../../local/demo-shop/open-shop.ts'
import { shopFileIn } from '../../local/demo-shop/shop-file.ts'
import { en } from '../../services/button-checkout/pages/words/order/en.ts'
import { a4, pdf } from '../fixtures/journey/documents.ts'
import { jpeg } from '../fixtures/journey/pictures.ts'
import { ready } from '../loopback/button-checkout/page/by-visitor.ts'
import { goToPayment, payThere } from './buying.ts'
import { isInstalled } from './page-boxes.ts'
import { amountIn, booksOf, fillInAs, mailTo, orderOf, stepsOf } from './shopping.ts'
import { startVisitorWorld, type Visit, type VisitorWorld } from './visitor-world.ts'

/** Steps of a shop that a page sees although it asks every five seconds. */
const shopStepMilliseconds = 2_500
const hasPdftotext = await isInstalled('pdftotext')
const shoot = stepsOf('checkout-shop')

type Purchase = {
  readonly title: string
  readonly email: string
  /** What stood on the button that pays. */
  readonly paid: number
  readonly paymentPage: string
  readonly orderPage: string
}
let world: VisitorWorld
const bought: Purchase[] = []

beforeAll(async () => {
  world = await startVisitorWorld({ shopStepMilliseconds })
  const { dataFolder, platform } = world.journey
  const signal = AbortSignal.timeout(120_000)
  await nameShop(dataFolder, platform().local, signal)
  await openShop(shopFileIn(dataFolder), platform().local, goods, signal)
}, 240_000)
afterAll(() => world?.close(), 60_000)

/** As small as the shop's own may be: its pictures are those of the demo. */
async function goods() {
  const write = async (name: string, bytes: Buffer) => {
    const path = join(world.journey.dataFolder, name)
    await writeFile(path, bytes)
    return path
  }
  const photos = []
  for (let seed = 1; seed <= 24; seed += 1) photos.push(await write(`photo-${seed}.jpg`, await jpeg(1280, 1700, seed)))
  const magazine = await write('magazine.pdf', await pdf(a4(16)))
  const canvas = await write('canvas.jpg', await jpeg(2400, 3200, 7))
  return { book: magazine, poster: canvas, magazine, canvas, photos }
}

/** From the button on the shop's page to the order page, which is left open. */
async function buy({ context }: Visit, title: string, choose: (page: Page) => Promise<void>): Promise<Page> {
  const name = title.split(/\W/)[0] ?? title
  const see = (page: Page, step: string) => shoot(page, `${name}-${step}`)
  const shop = await context.newPage()
  await shop.goto(world.url)
  const button = shop.locator('article', { hasText: title }).getByRole('button')
  await button.filter({ hasText: 'from €' }).waitFor()
  await see(shop, 'shop')
  await shop.evaluate(`addEventListener('printcloud-ordered', () => { document.title = 'sold' })`)
  const [page] = await Promise.all([context.waitForEvent('page'), button.click()])
  await ready(page)
  await page.getByText('Sold by Slow Water Press').waitFor()
  await see(page, 'product')
  await choose(page)
  await see(page, 'chosen')
  const email = `${name.toLowerCase()}@example.com`
  await fillInAs(email, page)
  await see(page, 'pay')
  const paid = await amountIn(page, '#pay')
  const paymentPage = await goToPayment(page)
  await see(page, 'payment')
  expect(await amountIn(page, 'h1'), 'the payment page asks for what stood on the button').toBe(paid)
  await payThere(page)
  await noteProgress(page)
  await see(page, 'order')
  await expect.poll(() => shop.title(), { timeout: 30_000 }).toBe('sold')
  bought.push({ title, email, paid, paymentPage, orderPage: page.url() })
  return page
}

/** Keeps every headline that the page shows from now on. */
const noteProgress = (page: Page) =>
  page.evaluate(`{
    const headline = document.querySelector('h1')
    window.seen = [headline.textContent]
    new MutationObserver(() => window.seen.push(headline.textContent))
      .observe(headline, { childList: true, characterData: true, subtree: true })
  }`)

const way: readonly OrderProgress[] = ['received', 'preparing', 'in_production', 'shipped', 'delivered']

/** What the page showed, as places on the way; it ends with `delivered`. */
async function wayOf(page: Page): Promise<readonly number[]> {
  await page.getByRole('heading', { name: en.title_delivered }).waitFor({ timeout: 150_000 })
  await shoot(page, 'delivered')
  const seen: readonly string[] = await page.evaluate('window.seen')
  return seen.map((headline) => way.findIndex((progress) => en[`title_${progress}`] === headline))
}

describe('from the button on a shop’s page to a parcel', () => {
  test('a visitor buys three products, and each order page goes by itself from received to delivered, never back', async () => {
    await world.visit(async (visit) => {
      visit.context.setDefaultTimeout(60_000)
      const magazine = await buy(visit, 'Upstream, No. 1', async (page) => {
        await page.getByRole('button', { name: 'Next', exact: true }).click()
        await page.getByRole('button', { name: 'Show where it is cut' }).click()
        await page.getByRole('button', { name: 'One copy more' }).click()
        await page.getByRole('button', { name: 'One copy more' }).click()
      })
      const album = await buy(visit, 'Far Hills', async (page) => {
        await page.getByText('Glossy').click()
        await page.getByRole('button', { name: 'Next', exact: true }).click()
      })
      const print = await buy(visit, 'Harbour at Dusk', async (page) => {
        await page.getByText('Canvas 30 × 40 cm').click()
        await page.getByText('Mirrored picture').click()
        await page.getByRole('button', { name: 'Turn picture' }).click()
      })
      for (const page of [magazine, album, print]) {
        const found = await wayOf(page)
        expect(found).toEqual(found.toSorted((a, b) => a - b))
        expect(found[0]).toBeLessThan(way.indexOf('in_production'))
        expect(found).toEqual(expect.arrayContaining([way.indexOf('in_production'), way.indexOf('shipped')]))
      }
      expect(visit.faults).toEqual([])
    })
  }, 400_000)

  test('a mail confirms each order, and another one says that it is on its way and by which parcel', async () => {
    for (const { title, email, orderPage } of bought) {
      const confirmed = await mailTo(email, `Your order: ${title}`, world.journey)
      const shipped = await mailTo(email, `On its way: ${title}`, world.journey)
      for (const { text, html } of [confirmed, shipped]) {
        expect(text).toContain(orderPage)
        expect(html).toContain(orderPage)
      }
      const [parcel] = (await orderOf(email, world.journey)).shipments
      expect(shipped.text).toContain(parcel?.tracking_number)
    }
  })

  test('the provider’s books, the publisher’s order, the ledger and the earnings say the same amount', async () => {
    for (const { title, email, paid, paymentPage } of bought) {
      expect(await booksOf(email, paymentPage)).toEqual([`charge ${paid}`])
      const { id, sale, charges, stage } = await orderOf(email, world.journey)
      expect(stage).toBe('delivered')
      expect(sale).toMatchObject({ amount: paid, currency: 'EUR', refunded: 0 })
      expect(charges?.gross).toBe(paid)
      const { data } = await world.journey.customer.read(EntryList, '/v1/ledger/entries?limit=100')
      const entries = data.filter(({ order_id }) => order_id === id)
      const booked = (wanted: string) => sumOf(entries.filter(({ ledger }) => ledger === wanted))
      expect(sumOf(entries)).toBe(0)
      expect(booked('payments')).toBe(paid)
      const { quantity = 0, margin = 0, net = 0 } = charges?.lines[0] ?? {}
      expect(quantity).toBe(title.startsWith('Upstream') ? 3 : 1)
      expect([-booked('earnings'), Math.round((margin / (net - margin)) * 100)], '20 % of it').toEqual([margin, 20])
    }
  })

  test('the facility has in its hot folder the product, the copies and the options that were chosen', async () => {
    const tickets = await world.journey.tickets()
    const found = []
    for (const { email } of bought) {
      const { id } = await orderOf(email, world.journey)
      for (const { orderId, product, quantity, options, shipTo } of tickets) {
        if (orderId === id) found.push([product.sku, quantity, options, shipTo.name])
      }
    }
    expect(found).toEqual([
      ['magazine-a4', 3, {}, 'Ada Lovelace'],
      ['photobook-210x280', 1, { finish: 'gloss' }, 'Ada Lovelace'],
      ['canvas-30x40', 1, { wrap: 'mirror' }, 'Ada Lovelace'],
    ])
  })

  test.runIf(hasPdftotext)('the invoice of each order opens, and its total is what was charged', async () => {
    for (const { email, paid, orderPage } of bought) {
      const answer = await fetch(`${orderPage}/invoice.pdf`)
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      const file = join(world.journey.dataFolder, `${email}.pdf`)
      await writeFile(file, Buffer.from(await answer.arrayBuffer()))
      const { stdout } = await promisify(execFile)('pdftotext', ['-layout', file, '-'])
      expect(stdout).toMatch(new RegExp(`Total, paid\\s+€${(paid / 100).toFixed(2)}`))
      expect(stdout).toContain('Ada Lovelace')
    }
  })
})

const sumOf = (entries: readonly { readonly amount: number }[]) => entries.reduce((sum, { amount }) => sum + amount, 0)
