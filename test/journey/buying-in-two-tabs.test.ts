import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ready, typeAddress, typedIn } from '../loopback/button-checkout/page/by-visitor.ts'
import { chargesOf, checkoutIdOf, choose, fillIn, goToPayment, payThere } from './buying.ts'
import { startVisitorWorld, type VisitorWorld } from './visitor-world.ts'

let world: VisitorWorld
let start: string

beforeAll(async () => {
  world = await startVisitorWorld()
  start = `${world.url}/checkout?publication=${await world.publish()}`
}, 150_000)
afterAll(() => world?.close(), 60_000)

/** What stands on the button that pays, once it is there and says a price. */
const pays = async (page: Page, words: string | RegExp = /^Pay €/): Promise<string> => {
  const button = page.locator('#pay', { hasText: words })
  await button.waitFor()
  return button.innerText()
}

test('a double click, on the checkout and on the payment page, pays once', async () => {
  await world.visit(async ({ context }) => {
    const page = await context.newPage()
    await page.goto(start)
    await fillIn(page)
    await page.locator('#pay').dblclick()
    await page.waitForURL('**/c/pay/**')
    const payment = page.url()
    await page.locator('button[value=pay]').dblclick()
    await page.waitForURL('**/order/**')
    expect(await chargesOf(payment, checkoutIdOf(page.url()))).toBe(1)
  })
})

test('of two tabs one edits while the other pays: nobody pays a price that they did not see, and nobody twice', async () => {
  await world.visit(async ({ context }) => {
    const one = await context.newPage()
    await one.goto(start)
    await fillIn(one)
    const other = await context.newPage()
    await other.goto(one.url())
    const price = await pays(one)
    expect(await pays(other)).toBe(price)
    await other.getByRole('button', { name: 'One copy more' }).click()
    await expect.poll(() => pays(other), { timeout: 15_000 }).not.toBe(price)
    await one.locator('#pay').click()
    await one.getByText(`changed from ${price.replace('Pay ', '')} to`).waitFor()
    const ended = await goToPayment(one)
    await other.getByRole('button', { name: 'One copy less' }).click()
    await pays(other, price)
    await choose(one, 'pay')
    await one.getByText('This payment is over').waitFor()
    await one.goBack()
    await one.goBack()
    await pays(one, price)
    const pages = [await goToPayment(one), await goToPayment(other)]
    expect(pages[0], 'both pay at the same page').toBe(pages[1])
    expect(pages[0]).not.toBe(ended)
    await payThere(one)
    await choose(other, 'pay')
    await other.waitForURL(one.url())
    expect(await chargesOf(ended, checkoutIdOf(one.url()))).toBe(1)
  })
})

test('a link that is opened in another browser goes on where the first one was, and leads to the order once it is paid', async () => {
  await world.visit(async ({ context }) => {
    const page = await context.newPage()
    await page.goto(start)
    await fillIn(page)
    const link = page.url()
    await world.visit(async ({ context: elsewhere }) => {
      const second = await elsewhere.newPage()
      await second.goto(link)
      expect(await pays(second)).toBe(await pays(page))
      expect(await typedIn(second, 'name')).toBe('Ada Lovelace')
      await goToPayment(second)
      await payThere(second)
      await page.locator('#pay').click()
      await page.waitForURL(second.url())
      expect(await elsewhere.cookies()).toEqual([])
    })
  })
})

test('without a connection in the middle of typing nothing is lost, and it goes on with it', async () => {
  await world.visit(async ({ context }) => {
    const page = await context.newPage()
    await page.goto(start)
    await ready(page)
    await page.locator('#go-to-address').click()
    await page.locator('#email').waitFor()
    await typeAddress(page, { email: 'ada@example.com', name: 'Ada Lovelace' })
    await context.setOffline(true)
    await typeAddress(page, { line1: 'Kade 12', postal_code: '1011 AB', city: 'Amsterdam' })
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.getByText('check your connection').waitFor()
    await page.locator('#go-to-pay').click()
    await page.getByText('check your connection').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('#go-to-pay').click()
    await page.locator('#pay').waitFor()
    expect([await typedIn(page, 'name'), await typedIn(page, 'quantity')]).toEqual(['Ada Lovelace', '2'])
    await goToPayment(page)
    await payThere(page)
  })
})
