import type { Page } from 'playwright-core'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { ready, typeAddress } from '../loopback/button-checkout/page/by-visitor.ts'

/** From the first step to the last, whatever is chosen. */
export async function fillIn(page: Page): Promise<void> {
  await ready(page)
  await page.locator('#go-to-address').click()
  await page.locator('#email').waitFor()
  await typeAddress(page)
  await page.locator('#go-to-pay').click()
  await page.locator('#pay').waitFor()
}

/** Presses "Pay" and comes to the payment page; gives its address. */
export async function goToPayment(page: Page): Promise<string> {
  await page.locator('#pay').click()
  await page.waitForURL('**/c/pay/**')
  return page.url()
}

/** What the customer chooses on the payment page; `pay` leads to the order. */
export const choose = (page: Page, deed: 'pay' | 'refuse' | 'back'): Promise<void> =>
  page.locator(`button[value=${deed}]`).click()

export async function payThere(page: Page): Promise<void> {
  await choose(page, 'pay')
  await page.waitForURL('**/order/**')
  await page.getByRole('heading', { level: 1 }).waitFor()
}

const Books = Type.Array(Type.Object({ kind: Type.String(), checkout: Type.Union([Type.String(), Type.Null()]) }))

/** How often a checkout was charged, as the provider's own books say. `paymentPage`: any address of the provider. */
export async function chargesOf(paymentPage: string, checkoutId: string): Promise<number> {
  const answer = await fetch(new URL('/control/books', paymentPage))
  const books = parse('books', Books, await answer.json())
  return books.filter(({ kind, checkout }) => kind === 'charge' && checkout === checkoutId).length
}

/** Of the address of a checkout or an order. */
export const checkoutIdOf = (address: string): string => /chk_[0-9a-z]+/.exec(address)?.[0] ?? ''
