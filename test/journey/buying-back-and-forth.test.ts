import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ready, typeAddress, typedIn } from '../loopback/button-checkout/page/by-visitor.ts'
import { chargesOf, checkoutIdOf, choose, goToPayment, payThere } from './buying.ts'
import { startVisitorWorld, type VisitorWorld } from './visitor-world.ts'

let world: VisitorWorld
let start: string

beforeAll(async () => {
  world = await startVisitorWorld()
  start = `${world.url}/checkout?publication=${await world.publish()}`
}, 150_000)
afterAll(() => world?.close(), 60_000)

const taken = (page: Page) => page.locator('html[data-ready]').waitFor()

test('back, forward and reload in every step lose nothing, and what is paid stays paid once', async () => {
  await world.visit(async ({ context, faults }) => {
    const page = await context.newPage()
    await page.goto(world.show({ body: 'A page before it' }))
    await page.goto(start)
    await ready(page)
    await page.getByText('Canvas').first().click()
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.reload()
    await ready(page)
    expect(await typedIn(page, 'quantity')).toBe('2')
    await page.goBack()
    await page.goForward()
    await ready(page)
    expect(await typedIn(page, 'quantity')).toBe('2')
    await page.locator('#go-to-address').click()
    await typeAddress(page, { name: 'Ada Lovelace', city: 'Amsterdam' })
    await page.goBack()
    await page.goForward()
    await taken(page)
    await expect.poll(() => typedIn(page, 'city')).toBe('Amsterdam')
    await typeAddress(page)
    await page.locator('#go-to-pay').click()
    await page.locator('#pay').waitFor()
    await page.reload()
    await ready(page)
    const payment = await goToPayment(page)
    await page.reload()
    await page.goBack()
    await taken(page)
    expect(await page.locator('#pay').isEnabled()).toBe(true)
    expect([await typedIn(page, 'quantity'), await typedIn(page, 'line1')]).toEqual(['2', 'Kade 12'])
    await page.goForward()
    await page.waitForURL(payment)
    await page.goBack()
    await taken(page)
    expect(await goToPayment(page), 'the same wish leads to the same payment').toBe(payment)
    await choose(page, 'refuse')
    await page.getByText('The card was refused').waitFor()
    await choose(page, 'back')
    await page.getByText('came back without paying').waitFor()
    await page.reload()
    await page.getByText('came back without paying').waitFor()
    expect(await goToPayment(page)).toBe(payment)
    await payThere(page)
    const order = page.url()
    for (const act of [() => page.reload(), () => page.goBack(), () => page.goForward()]) {
      await act()
      await page.waitForURL(order)
    }
    const id = checkoutIdOf(order)
    await page.goto(start)
    await ready(page)
    expect(await typedIn(page, 'quantity'), 'what was ordered is not the beginning of the next order').toBe('1')
    expect(await chargesOf(payment, id)).toBe(1)
    expect(faults).toEqual([])
  })
})

test('while answers are slow something is to be seen, and what is typed meanwhile is kept', async () => {
  await world.visit(async ({ context }) => {
    const page = await context.newPage()
    let gate = Promise.withResolvers<void>()
    await page.route(/\/checkout\/(prices|sessions|c\/)/, async (route) => {
      if (route.request().resourceType() === 'fetch') await gate.promise
      await route.continue()
    })
    /** Answers come until `until` is there, and no others then. */
    const answered = async (until: () => Promise<unknown>) => {
      gate.resolve()
      await until()
      gate = Promise.withResolvers()
    }
    await page.goto(start)
    await taken(page)
    await answered(() => ready(page))
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.locator('.live-price[data-coming=true]').waitFor()
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.locator('#go-to-address').click()
    expect(await page.locator('#go-to-address').getAttribute('aria-busy')).toBe('true')
    await answered(() => page.locator('#email').waitFor())
    await typeAddress(page)
    await page.locator('#go-to-pay').click()
    await page.locator('#line2').fill('Third floor')
    await answered(() => page.locator('#pay').waitFor())
    expect([await typedIn(page, 'quantity'), await typedIn(page, 'line2')]).toEqual(['3', 'Third floor'])
    await page.locator('#pay').click()
    await answered(() => page.waitForURL('**/c/pay/**'))
    await payThere(page)
    expect(await page.locator('body').innerText()).toContain('Third floor')
  })
})
