import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { focused, focusedWhenThere, ready, someone, toPay, typeAddress, typedIn } from './page/by-visitor.ts'
import { type CheckoutWorld, startCheckoutWorld } from './page/checkout-world.ts'
import { checkoutPath, problem } from './page/scripted-checkout.ts'
import { magazine } from './page/shops.ts'

let world: CheckoutWorld
beforeAll(async () => {
  world = await startCheckoutWorld()
})
afterAll(() => world?.close())

const priceOf = (page: Page): Promise<string> => page.locator('.live-price b').innerText()
/** On a busy machine the next answer may take seconds. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 15_000 })
/** What the browser says of answers that a test wants to be bad. */
const forgive = (text: string) => {
  const left = world.faults.filter((fault) => !fault.includes(text))
  world.faults.splice(0, world.faults.length, ...left)
}

test('a visitor chooses, fills in and comes to the payment page with exactly what stood on the button', async () => {
  await world.visit(magazine(), async ({ page, checkout }) => {
    await ready(page)
    expect(await priceOf(page)).toBe('€17.61')
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.locator('.live-price b', { hasText: '€30.47' }).waitFor()
    expect(checkout.view()).toBeUndefined()
    await page.locator('#go-to-address').click()
    await page.locator('#email').waitFor()
    expect(new URL(page.url()).pathname).toBe(checkoutPath)
    await typeAddress(page)
    await page.locator('#go-to-pay').click()
    await page.getByText('Express').click()
    await page.getByRole('button', { name: 'Pay €38.22' }).click()
    await page.waitForURL('**/payment-page')
    expect(checkout.view()).toMatchObject({
      shipping_method: 'express',
      buyer: { name: 'Ada Lovelace' },
      cart: { quantity: 2 },
    })
  })
  expect(world.faults).toEqual([])
})

test('the keyboard alone leads to the payment page, and the focus is never lost', async () => {
  await world.visit(magazine(), async ({ page }) => {
    await ready(page)
    await page.locator('#quantity').focus()
    for (const wanted of ['country', 'go-to-address']) {
      for (let presses = 0; presses < 4 && (await focused(page)) !== wanted; presses += 1)
        await page.keyboard.press('Tab')
      expect(await focused(page)).toBe(wanted)
    }
    await page.keyboard.press('Enter')
    await soon(() => focused(page)).toBe('step-address')
    for (const [id, value] of Object.entries(someone)) {
      for (let presses = 0; presses < 4 && (await focused(page)) !== id; presses += 1) await page.keyboard.press('Tab')
      await page.keyboard.type(value)
    }
    await page.keyboard.press('Enter')
    await soon(() => focused(page)).toBe('step-pay')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Pay €25.36' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('pay')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/payment-page')
  })
})

test('whoever types as soon as there are fields loses no letter: the focus comes with them', async () => {
  await world.visit(magazine(), async ({ page }) => {
    await ready(page)
    expect(await focusedWhenThere(page, '#go-to-address', '#email')).toBe('step-address')
    expect(await focusedWhenThere(page, '#go-to-pay', '#email-fault')).toBe('email')
    await typeAddress(page)
    expect(await focusedWhenThere(page, '#go-to-pay', '#pay')).toBe('step-pay')
  })
  expect(world.faults).toEqual([])
})

test('what is missing is said at its field, and the first one has the focus', async () => {
  await world.visit(magazine(), async ({ page, checkout }) => {
    await ready(page)
    await page.locator('#go-to-address').click()
    await typeAddress(page, { name: 'Ada', line1: 'Kade 12', city: 'Amsterdam', email: 'no address' })
    await page.locator('#go-to-pay').click()
    await soon(() => focused(page)).toBe('email')
    expect(await page.locator('#email').getAttribute('aria-invalid')).toBe('true')
    expect(await page.locator('#postal_code-fault').innerText()).toBe('Enter the postal code')
    await typeAddress(page)
    checkout.instead.push({ match: 'PATCH', answer: problem('invalid_request', ['/buyer/address/postal_code']) })
    await page.locator('#go-to-pay').click()
    await soon(() => focused(page)).toBe('postal_code')
  })
  forgive('422')
})

test('a second click while the payment begins pays nothing twice', async () => {
  await world.visit(magazine(), async ({ page, checkout }) => {
    await toPay(page)
    await page.evaluate(`for (let i = 0; i < 5; i += 1) document.getElementById('pay').click()`)
    await page.waitForURL('**/payment-page')
    expect(checkout.asked.filter((line) => line.endsWith('/pay'))).toHaveLength(1)
  })
})

test('a price that changed is shown old and new, and nothing is paid before the visitor agrees', async () => {
  await world.visit(magazine(), async ({ page, checkout }) => {
    await toPay(page)
    checkout.setPrice(1500)
    await page.locator('#pay').click()
    await page.getByText('changed from €17.61 to €19.75').waitFor()
    await soon(() => focused(page)).toBe('notice')
    await page.getByRole('button', { name: 'Pay €19.75' }).click()
    await page.waitForURL('**/payment-page')
  })
  forgive('409')
})

test('a change in another window is merged: both stay, and the visitor is told', async () => {
  await world.visit(magazine(), async ({ page, checkout }) => {
    await toPay(page)
    checkout.edit({ language: 'nl' })
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.getByRole('button', { name: 'Pay €30.47' }).waitFor()
    await page.getByText('changed in another window').waitFor()
    expect(checkout.view()).toMatchObject({ language: 'nl', cart: { quantity: 2 } })
  })
  forgive('409')
})

test('when nobody answers nothing is lost, and one press tries again', async () => {
  await world.visit(magazine(), async ({ page, checkout, context }) => {
    await toPay(page)
    await context.setOffline(true)
    await page.locator('#pay').click()
    await page.getByText('check your connection').waitFor()
    await context.setOffline(false)
    checkout.instead.push({ match: `POST ${checkoutPath}/pay`, answer: problem('unavailable') })
    await page.locator('#pay').click()
    await page.getByText('did not work on our side').waitFor()
    expect(await typedIn(page, 'name')).toBe('Ada Lovelace')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.waitForURL('**/payment-page')
  })
  forgive('503')
  forgive('ERR_')
})

test('a payment that nobody can ask about is not begun again, and says so', async () => {
  await world.visit(magazine(), async ({ page, checkout }) => {
    await toPay(page)
    checkout.instead.push({ match: `POST ${checkoutPath}/pay`, answer: problem('payment_uncertain') })
    await page.locator('#pay').click()
    await page.getByText('do not pay again yet').waitFor()
  })
  forgive('409')
})

test('reload and back in every step keep what was chosen and typed', async () => {
  await world.visit(magazine(), async ({ page }) => {
    await ready(page)
    await page.getByText('Hardcover book A4').click()
    await page.getByText('Glossy').click()
    await page.getByRole('button', { name: 'One copy more' }).click()
    await page.reload()
    await page.locator('.live-price b', { hasText: '€50.09' }).waitFor()
    expect([await typedIn(page, 'quantity'), await page.getByLabel('Glossy').isChecked()]).toEqual(['2', true])
    await page.locator('#go-to-address').click()
    await typeAddress(page, { email: 'ada@example.com', name: 'Ada' })
    await page.reload()
    await page.locator('html[data-ready]').waitFor()
    await soon(() => typedIn(page, 'name')).toBe('Ada')
    await typeAddress(page)
    await page.locator('#go-to-pay').click()
    await page.locator('#pay').click()
    await page.waitForURL('**/payment-page')
    await page.goBack()
    await page.getByRole('button', { name: 'Pay €50.09' }).waitFor()
    expect(await typedIn(page, 'city')).toBe('Amsterdam')
  })
})

test('the page that opened it hears that it was closed, at the origin of its button and at no other', async () => {
  for (const [origin, heard] of [
    [world.url, ['closed']],
    ['https://elsewhere.example', []],
  ] as const) {
    const shop = magazine()
    await world.visit({ ...shop, start: { ...shop.start, origin } }, async ({ page, context }) => {
      await page.evaluate(`window.heard = []; addEventListener('message', ({ data }) => heard.push(data.type))`)
      const opened = context.waitForEvent('page')
      await page.evaluate(`void window.open('/checkout?publication=x')`)
      const popup = await opened
      await ready(popup)
      await popup.goto(`${world.url}/payment-page`)
      // What would come, comes before an answer to a question that is asked later.
      await popup.evaluate(`opener.postMessage({ type: 'end' }, '*')`)
      await soon(() => page.evaluate('heard')).toEqual([...heard, 'end'])
    })
  }
  forgive('elsewhere.example')
})
