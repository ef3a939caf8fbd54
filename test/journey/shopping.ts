import type { Page } from 'playwright-core'
import { Type } from 'typebox'
import type { Order } from '#contracts/order-api/order.ts'
import { OrderList } from '#contracts/order-api/order-lists.ts'
import { parse } from '#contracts/parse.ts'
import { messageSchema } from '../../local/cloud/mailbox/message.ts'
import { ready, someone, typeAddress } from '../loopback/button-checkout/page/by-visitor.ts'
import { keepScreenshot } from '../loopback/pages/screenshots.ts'
import { eventually } from './eventually.ts'
import type { Journey } from './journey.ts'

/** Keeps pictures of the steps of one test file, in their order. */
export function stepsOf(file: string): (page: Page, step: string) => Promise<void> {
  let count = 0
  return async (page, step) => {
    count += 1
    await page.evaluate('scrollTo(0, 0)')
    await keepScreenshot(page, `${file}/${String(count).padStart(2, '0')}-${step}`)
  }
}

/** From the first step to the button that pays, with a mail address by which everything is found again. */
export async function fillInAs(email: string, page: Page): Promise<void> {
  await ready(page)
  await page.locator('#go-to-address').click()
  await page.locator('#email').waitFor()
  await typeAddress(page, { ...someone, email })
  await page.locator('#go-to-pay').click()
  await page.locator('#pay').waitFor()
}

/** The amount of money in a place of a page, in minor units. */
export const amountIn = async (page: Page, place: string): Promise<number> =>
  Math.round(Number((await page.locator(place).innerText()).replace(/[^\d.]/g, '')) * 100)

const Mails = Type.Array(messageSchema)

/** A mail whose subject ends so; waited for. */
export function mailTo(email: string, subject: string, journey: Journey) {
  const { mailUrl } = journey.platform().local
  return eventually(`a mail "${subject}" to ${email}`, async () => {
    const mails = parse('mails', Mails, await (await fetch(`${mailUrl}/messages.json?limit=1000`)).json())
    return mails.find((mail) => mail.to.includes(email) && mail.subject.endsWith(subject))
  })
}

const Books = Type.Array(
  Type.Object({
    ...{ kind: Type.Enum(['charge', 'refund']), debit: Type.String(), credit: Type.String() },
    amount: Type.Integer(),
  }),
)

/** What moved between a customer and the shop by the records of the payment provider; `paymentPage`: any address of it. */
export async function booksOf(email: string, paymentPage: string): Promise<readonly string[]> {
  const books = parse('books', Books, await (await fetch(new URL('/control/books', paymentPage))).json())
  return books
    .filter(({ debit, credit }) => debit === email || credit === email)
    .map(({ kind, amount }) => `${kind} ${amount}`)
}

/** The one order that came of what a customer paid, as the publisher sees it; waited for. */
export async function orderOf(email: string, { customer }: Journey): Promise<Order> {
  return await eventually(`an order of ${email}`, async () => {
    const { data } = await customer.read(OrderList, '/v1/orders?limit=100')
    const [order, ...more] = data.filter(({ recipient }) => recipient.email === email)
    if (more.length > 0) throw new Error(`${email} has ${more.length + 1} orders`)
    return order
  })
}
