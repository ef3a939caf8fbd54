import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { focused, ready, someone } from '../loopback/button-checkout/page/by-visitor.ts'
import { chargesOf, checkoutIdOf, fillIn, goToPayment, payThere } from './buying.ts'
import { startVisitorWorld, type VisitorWorld } from './visitor-world.ts'

let world: VisitorWorld
let publication: string

beforeAll(async () => {
  world = await startVisitorWorld()
  publication = await world.publish()
}, 150_000)
afterAll(() => world?.close(), 60_000)

/** For what a page does after an answer. */
const patience = { timeout: 15_000 }
const script = '<script async src="CDN/v1/button.js"></script>'
const button = () => `<print-button publication="${publication}"></print-button>`

/** The checkout that a press opens. */
async function opened(page: Page, press: () => Promise<unknown>): Promise<Page> {
  const [tab] = await Promise.all([page.waitForEvent('popup'), press()])
  await ready(tab)
  return tab
}

/** Tab by tab until something has the focus; never further than a page has things to press. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 25 && (await focused(page)) !== id; presses += 1) await page.keyboard.press('Tab')
  expect(await focused(page)).toBe(id)
}

test('from the button of a page to the paid order by keyboard alone', async () => {
  await world.visit(async ({ context, faults }) => {
    const page = await context.newPage()
    await page.goto(world.show({ head: script, body: button() }))
    await page.getByRole('button', { name: /from €/ }).waitFor()
    await page.keyboard.press('Tab')
    const tab = await opened(page, () => page.keyboard.press('Enter'))
    await tabTo(tab, 'go-to-address')
    await tab.keyboard.press('Enter')
    for (const [id, value] of Object.entries(someone)) {
      await expect.poll(() => focused(tab), patience).not.toBe('go-to-address')
      await tabTo(tab, id)
      await tab.keyboard.type(value)
    }
    await tab.keyboard.press('Enter')
    await tab.locator('#pay').waitFor()
    await expect.poll(() => focused(tab), patience).toBe('step-pay')
    await tabTo(tab, 'pay')
    await tab.keyboard.press('Enter')
    await tab.waitForURL('**/c/pay/**')
    await tab.keyboard.press('Tab')
    await tab.keyboard.press('Enter')
    await tab.waitForURL('**/order/**')
    expect(faults).toEqual([])
  })
})

test('on a phone 320 px wide everything is reached by thumb, and nothing scrolls sideways', async () => {
  const device = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
  await world.visit(async ({ context }) => {
    const page = await context.newPage()
    await page.goto(world.show({ head: script, body: button() }))
    const tab = await opened(page, () => page.getByRole('button', { name: /from €/ }).tap())
    const width = () => tab.evaluate('Math.max(document.documentElement.scrollWidth, innerWidth)')
    expect(await width()).toBe(320)
    await tab.getByRole('button', { name: 'One copy more' }).tap()
    await tab.locator('#go-to-address').tap()
    await tab.locator('#email').waitFor()
    for (const [id, value] of Object.entries(someone)) {
      await tab.locator(`#${id}`).tap()
      await tab.keyboard.type(value)
    }
    await tab.locator('#go-to-pay').tap()
    await tab.locator('#pay').waitFor()
    expect(await width()).toBe(320)
    await tab.locator('#pay').tap()
    await tab.waitForURL('**/c/pay/**')
    await tab.locator('button[value=pay]').tap()
    await tab.waitForURL('**/order/**')
    expect(await width()).toBe(320)
  }, device)
})

test('a page of one piece that took its button away, and went elsewhere, still hears that it was ordered', async () => {
  await world.visit(async ({ context }) => {
    const page = await context.newPage()
    await page.goto(world.show({ head: script, body: `<main>${button()}${button()}</main><aside></aside>` }))
    await page.evaluate(`window.heard = []
      document.addEventListener('printcloud-ordered', ({ detail, target }) => heard.push([detail.publication, target.localName || 'document']))`)
    const both = page.getByRole('button', { name: /from €/ })
    const moved = await opened(page, () => both.first().click())
    const removed = await opened(page, () => both.last().click())
    await page.evaluate(`history.pushState({}, '', '/elsewhere')
      const [first, second] = document.querySelectorAll('print-button')
      document.querySelector('aside').append(first)
      second.remove()
      document.querySelector('main').textContent = 'Another view'`)
    for (const [tab, at] of [
      [moved, 'print-button'],
      [removed, 'document'],
    ] as const) {
      await fillIn(tab)
      const payment = await goToPayment(tab)
      await payThere(tab)
      await page.waitForFunction('heard.length > 0')
      expect(await page.evaluate('heard.splice(0)')).toEqual([[publication, at]])
      expect(await chargesOf(payment, checkoutIdOf(tab.url()))).toBe(1)
    }
  })
})

test('a page made for Peecho sells with another address of its script, and nothing else changed', async () => {
  await world.visit(async ({ context, faults }) => {
    const page = await context.newPage()
    const link =
      '<a title="Print" href="http://www.peecho.com/" class="peecho-print-button" data-filetype="jpg" data-width="1400" data-height="2000" data-pages="1" data-publication="123456" data-locale="de_DE" data-reference="r7">Drucken</a>'
    const peecho = `<script async src="CDN/v1/button.js?publication=${publication}"></script>`
    await page.goto(world.show({ body: `<p>${link}</p>${peecho}` }))
    const shown = page.getByRole('link', { name: /Drucken ab .*€/ })
    await shown.waitFor()
    const [tab] = await Promise.all([context.waitForEvent('page'), shown.click()])
    await fillIn(tab)
    expect(await tab.locator('html').getAttribute('lang')).toBe('de-DE')
    await goToPayment(tab)
    await payThere(tab)
    expect(faults).toEqual([])
  })
})

test('without JavaScript the link within the button leads to a page that can be read, and says what it needs', async () => {
  await world.visit(
    async ({ context }) => {
      const page = await context.newPage()
      const body = `<print-button publication="${publication}"><a href="CHECKOUT/checkout?publication=${publication}">Print this</a></print-button>`
      await page.goto(world.show({ head: script, body }))
      await page.getByRole('link', { name: 'Print this' }).click()
      const text = await page.locator('main').innerText()
      for (const part of ['Harbour at dusk', 'Poster A3', 'from €', 'JavaScript']) expect(text).toContain(part)
    },
    { javaScriptEnabled: false },
  )
})

test('what is not there, or over, says so on a page that can be read, in the language of the visitor', async () => {
  const ended = await world.publish({ valid_until: '2020-01-01T00:00:00Z' })
  await world.visit(
    async ({ context }) => {
      const page = await context.newPage()
      for (const [id, words] of [
        ['pub_01k9x0000000000000000000zz', /gibt es|nicht gefunden|finden/],
        [ended, /vorbei|beendet|nicht mehr/],
      ] as const) {
        await page.goto(`${world.url}/checkout?publication=${id}`)
        expect(await page.locator('body').innerText()).toMatch(words)
        expect(await page.locator('#pay, #go-to-address').count()).toBe(0)
      }
    },
    { locale: 'de-CH' },
  )
})

test('yen, Swiss German and Arabic titles: amounts as people there write them, and pages that hold together', async () => {
  const title = 'أضواء الميناء، العدد ١٢ (Harbour, No. 12)'
  const yen = await world.publish({ title, currency: 'JPY', country: 'NL', offers: [{ sku: 'poster-a1' }] })
  const wishes = [
    { lang: 'de-CH', id: publication, amount: /^EUR\s\d+\.\d\d$/ },
    { lang: 'ja', id: yen, amount: /^¥[\d,]+$/ },
    { lang: 'ar', id: yen, amount: /^¥[\d,]+$/ },
    { lang: 'fr', id: yen, amount: /^[\d\s]+\sJPY|^[\d\s]+\s¥$/ },
  ]
  for (const { lang, id, amount } of wishes) {
    await world.visit(
      async ({ context, faults }) => {
        const page = await context.newPage()
        await page.goto(`${world.url}/checkout?publication=${id}&lang=${lang}`)
        await ready(page)
        expect(await page.locator('.live-price b').innerText(), lang).toMatch(amount)
        await fillIn(page)
        expect(await page.evaluate('document.documentElement.scrollWidth'), lang).toBeLessThanOrEqual(320)
        expect(await page.locator('body').innerText(), lang).not.toMatch(/NaN|undefined|null|\{\w+\}/)
        expect(faults).toEqual([])
      },
      { viewport: { width: 320, height: 700 }, locale: lang },
    )
  }
})
