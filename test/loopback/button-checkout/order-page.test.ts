import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { languages } from '#look/words.ts'
import type { Checkout } from '../../../services/button-checkout/checkouts/checkout.ts'
import { frozen, paidAt, paidAttempt, parcel, sale } from '../../unit/button-checkout/bought-checkout.ts'
import { axeFaults } from '../pages/axe-faults.ts'
import { launchBrowser } from '../pages/browser.ts'
import { tooWideAt } from '../pages/page-world.ts'
import { type OrderWorld, startOrderWorld } from './order/order-world.ts'
import { focusedWhenThere } from './page/by-visitor.ts'

const orderId = 'ord_01k9x0000000000000000000ad'
let world: OrderWorld
let browser: Browser
const faults: string[] = []
beforeAll(async () => {
  world = await startOrderWorld()
  browser = await launchBrowser()
})
beforeEach(() => {
  world.desk.isDown = false
  world.clock.now = new Date(world.clock.now.getTime() + 60_000)
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

async function visit<T>(
  change: Partial<Checkout>,
  see: (page: Page, context: BrowserContext, id: string) => Promise<T>,
): Promise<T> {
  const { id, path } = await world.bought(change)
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' })
  try {
    const page = await context.newPage()
    page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${world.url}${path}`, { waitUntil: 'networkidle' })
    return await see(page, context, id)
  } finally {
    await context.close()
  }
}

const ordered = (stage: Parameters<OrderWorld['desk']['put']>[1], change = {}): Partial<Checkout> => ({
  state: 'ordered',
  sale: world.desk.put(orderId, stage, change),
})
const both = [parcel('aa'), { ...parcel('ab', 3), carrier: 'DHL', tracking_url: 'javascript:alert(1)' }]
const refund = { key: 'k', amountMinor: 3003, cause: 'cancelled', askedAt: paidAt } as const

test('in every state the page fits from 320 px on, keeps to its policy and has nothing that axe finds', async () => {
  const pending = { ...paidAttempt, standing: 'pending' as const }
  const cases: readonly (readonly [string, () => Partial<Checkout>])[] = [
    ['pending', () => ({ state: 'paying', attempts: [pending] })],
    ['received', () => ({})],
    ['delayed', () => ({ paidAt: '2026-11-21T11:00:00.000Z', isTest: true })],
    ['waiting', () => ordered('awaiting_files')],
    ['production', () => ordered('in_production')],
    ['asked', () => ordered('in_production', { cancel: { requested_at: paidAt, state: 'asked' } })],
    ['partly', () => ordered('partially_shipped', { shipments: both })],
    ['delivered', () => ordered('delivered', { shipments: both })],
    ['cancelled', () => ({ ...ordered('cancelled', { refunded: 3003 }), refunds: [refund] })],
    ['refused', () => ({ state: 'refused', refusal: { code: 'x', detail: 'x', at: paidAt }, refunds: [refund] })],
  ]
  for (const [name, change] of cases) {
    await visit(change(), async (page) => {
      expect([name, await tooWideAt(page, `order-${name}`)]).toEqual([name, []])
      expect([name, await axeFaults(page)]).toEqual([name, []])
    })
  }
  expect(faults).toEqual([])
}, 240_000)

test('long words in six languages, and a customer whose name runs from right to left, fit at 320 px', async () => {
  const long = {
    ...frozen,
    title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabbildungen',
    buyer: { ...frozen.buyer, name: 'عمر الخيام 😀' },
  }
  for (const language of languages) {
    await visit({ language, attempts: [{ ...paidAttempt, frozen: long }] }, async (page) => {
      expect([language, await tooWideAt(page, `order-in-${language}`)]).toEqual([language, []])
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
    })
  }
}, 240_000)

test('a link of a parcel that would run something is no link', async () => {
  await visit(ordered('shipped', { shipments: both }), async (page) => {
    const links = await page
      .locator('.order-parcels a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')))
    expect(links).toEqual(['https://track.example/3STESTaa'])
  })
})

test('news come by themselves, and whoever is typing an address keeps focus and words', async () => {
  await visit(ordered('grace'), async (page) => {
    await page.getByRole('button', { name: 'Change the address' }).press('Enter')
    await page.getByLabel('Street and number').fill('Nieuwe')
    world.clock.now = new Date(world.clock.now.getTime() + 6_000)
    world.desk.put(orderId, 'preflight', { shipments: [parcel('aa')] })
    await page.getByText('3STESTaa', { exact: true }).waitFor()
    expect(await page.getByLabel('Street and number').inputValue()).toBe('Nieuwe')
    expect(await page.evaluate('document.activeElement?.id')).toBe('line1')
  })
})

test('whoever types an address at once types it into the field that they chose', async () => {
  await visit(ordered('grace'), async (page, _, id) => {
    expect(await focusedWhenThere(page, '#change-address', '#line1')).toBe('name')
    await page.locator('#line1').fill('Nieuwegracht 2')
    await page.getByRole('button', { name: 'Send it to this address' }).click()
    await page.getByText('The address is changed.').waitFor()
    const { name, address } = (await world.context.store.find(id))?.buyer ?? {}
    expect([name, address?.line1]).toEqual([frozen.buyer.name, 'Nieuwegracht 2'])
  })
  await visit(ordered('in_production'), async (page) => {
    expect(await focusedWhenThere(page, '#cancel', '#cancel-question')).toBe('cancel-question')
  })
})

test('by keyboard alone an address is corrected after a fault, and changed', async () => {
  await visit(ordered('grace'), async (page, _, id) => {
    await page.getByRole('button', { name: 'Change the address' }).press('Enter')
    await page.getByLabel('Postal code').fill('1')
    await page.getByLabel('Postal code').press('Enter')
    await page.getByText('Please check this field').waitFor()
    expect(await axeFaults(page)).toEqual([])
    expect(await tooWideAt(page, 'order-address')).toEqual([])
    await page.getByLabel('Postal code').fill('3512 LX')
    await page.getByLabel('Street and number').fill('Nieuwegracht 2')
    await page.getByLabel('Street and number').press('Enter')
    await page.getByText('The address is changed.').waitFor()
    expect(await page.locator('address').innerText()).toContain('Nieuwegracht 2')
    expect((await world.context.store.find(id))?.buyer?.address.line1).toBe('Nieuwegracht 2')
  })
})

test('cancelling asks once in words, can be left, and says what comes of it', async () => {
  await visit(ordered('in_production'), async (page) => {
    const cancel = page.getByRole('button', { name: 'Cancel this order' })
    await cancel.press('Enter')
    await page.getByText('we ask the printer').waitFor()
    await tooWideAt(page, 'order-cancel')
    await page.getByRole('button', { name: 'No, keep it' }).press('Enter')
    await cancel.press('Enter')
    await page.getByRole('button', { name: 'Yes, ask the printer' }).press('Enter')
    await page.getByText('You asked for it to be cancelled').waitFor()
    expect(await cancel.count()).toBe(0)
  })
  await visit({}, async (page) => {
    await page.getByRole('button', { name: 'Cancel this order' }).click()
    await page.getByText('€30.03 go back to you.').waitFor()
    await page.getByRole('button', { name: 'Yes, cancel it' }).click()
    await page.getByRole('heading', { name: 'This order is cancelled' }).waitFor()
  })
})

test('the page that opened it is told once that something was ordered, at its own origin only', async () => {
  const context = await browser.newContext()
  try {
    for (const [origin, expected] of [
      [world.url, 1],
      ['https://evil.example', 0],
    ] as const) {
      const { path } = await world.bought({ start: { origin, reference: 'r-1' } })
      const opener = await context.newPage()
      // A page of this origin without a policy of its own.
      await opener.goto(`${world.url}/public/picture`)
      await opener.evaluate(`window.told = []; window.onmessage = (event) => window.told.push(event.data)`)
      const [popup] = await Promise.all([
        opener.waitForEvent('popup'),
        opener.evaluate(`void window.open(${JSON.stringify(path)})`),
      ])
      await popup.waitForLoadState('networkidle')
      await popup.reload({ waitUntil: 'networkidle' })
      const told = await opener.evaluate('window.told')
      const message = { printcloud: 1, type: 'ordered', publication: expect.any(String), reference: 'r-1' }
      expect(told).toEqual(Array.from({ length: expected }, () => message))
    }
  } finally {
    await context.close()
  }
})

test('without order-api the page says so, and of when its news are', async () => {
  world.desk.isDown = true
  await visit({ state: 'ordered', sale: sale({ stage: 'in_production' }) }, async (page) => {
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Your order is being made')
    await page.context().setOffline(true)
    await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await page.getByText('No connection at the moment').waitFor()
  })
})
