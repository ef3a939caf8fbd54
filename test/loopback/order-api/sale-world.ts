import type { Charges, ShippingMethod } from '#contracts/order-api/charges.ts'
import type { Margin } from '#contracts/order-api/publication-fields.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import { readPriceData } from '../../../services/order-api/quotes/read-price-data.ts'
import { signedQuote } from '../../../services/order-api/routes/quotes.ts'
import { callerOf, posterByUrl } from './client.ts'
import type { TestAccount } from './ledger-world.ts'
import type { ApiUnderTest } from './platform.ts'

const makeId = makeIdAt(() => new Date())
export const checkoutId = (): string => makeId('checkout')

type QuoteWish = {
  readonly account: { readonly id: string }
  readonly isTest?: boolean
  /** One item each; one copy without. */
  readonly quantities?: readonly number[]
  readonly margin?: Margin
  readonly method?: ShippingMethod
  readonly quotedAt?: Date
}
export type SaleQuote = { readonly id: string; readonly charges: Charges }

/** A quote of posters as the checkout makes it: signed for the publisher, with what they add. */
export async function quoteOf(api: ApiUnderTest, wish: QuoteWish): Promise<SaleQuote> {
  const { account, isTest = true, quantities = [1], margin = { amount: 300 }, method = 'standard' } = wish
  const data = { ...(await readPriceData(api.context)), now: wish.quotedAt ?? api.context.now() }
  const part = {
    currency: 'EUR',
    destination: { country: 'NL', postalCode: '3511 AA' },
    items: quantities.map((quantity) => ({ sku: 'poster-a3', quantity, margin })),
  } as const
  const { id, shipping_options } = signedQuote(api.context, { accountId: account.id, isTest }, part, data)
  const option = shipping_options.find(({ shipping_method }) => shipping_method === method)
  if (!option) throw new Error(`There is no price for ${method}`)
  return { id, charges: option.charges }
}

/** The body of an order that a visitor paid, as the checkout sends it; `sale` changes what it says of the payment. */
export const soldOrder = (quote: SaleQuote, sale: object & { checkout_id: string }, changes: object = {}): object =>
  posterByUrl({
    quote_id: quote.id,
    items: quote.charges.lines.map(({ sku, quantity }) => ({
      ...{ sku, quantity, files: { image: 'https://example.com/a.jpg' } },
    })),
    sale: {
      ...{ provider: 'stripe', payment_reference: 'pi_1', paid_at: new Date().toISOString() },
      ...{ amount: quote.charges.gross, currency: quote.charges.currency },
      ...sale,
    },
    ...changes,
  })

/** Calls of the checkout for an account, in the test world unless another key is given. */
export function checkoutOf(api: ApiUnderTest) {
  const call = callerOf(api)
  return (
    account: Pick<TestAccount, 'id'>,
    method: string,
    path: string,
    { headers = {}, ...rest }: Parameters<typeof call>[2] = {},
  ) =>
    call(method, path, {
      key: api.checkoutTestKey,
      headers: { 'printcloud-account': account.id, ...headers },
      ...rest,
    })
}

/** Places what was paid: one order a checkout. */
export function placerOf(api: ApiUnderTest) {
  const act = checkoutOf(api)
  return (
    account: Pick<TestAccount, 'id'>,
    quote: SaleQuote,
    { id = checkoutId(), sale = {}, changes = {}, key = api.checkoutTestKey } = {},
  ) =>
    act(account, 'POST', '/v1/orders', {
      key,
      headers: { 'idempotency-key': id },
      body: soldOrder(quote, { checkout_id: id, ...sale }, changes),
    })
}
