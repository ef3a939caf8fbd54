import { randomBytes } from 'node:crypto'
import { Refused } from '#chassis/errors.ts'
import { createKeyring } from '#chassis/keyring.ts'
import { ItemFiles, OrderPatch, OrderRequest } from '#contracts/order-api/order-request.ts'
import { ConfirmRequest, QuoteRequest } from '#contracts/order-api/quote.ts'
import { ReprintRequest } from '#contracts/order-api/reprint.ts'
import { parse } from '#contracts/parse.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import type { PriceData } from '#pricing/price-data.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { localPriceBooks } from '../../../local/prices/local-price-books.ts'
import { billingOf } from '../../../services/order-api/ledger/billing.ts'
import { wantAllowed } from '../../../services/order-api/orders/allowed.ts'
import { cancelOrder } from '../../../services/order-api/orders/cancel-order.ts'
import { type Decide, unchanged } from '../../../services/order-api/orders/change.ts'
import { confirmOrder, isConfirmed } from '../../../services/order-api/orders/confirm-order.ts'
import { makeIdAt } from '../../../services/order-api/orders/make-id.ts'
import type { Order } from '../../../services/order-api/orders/order.ts'
import { patchOrder } from '../../../services/order-api/orders/patch-order.ts'
import { placeOrder } from '../../../services/order-api/orders/place-order.ts'
import { replaceFiles } from '../../../services/order-api/orders/replace-files.ts'
import { reprintOrder } from '../../../services/order-api/orders/reprint.ts'
import { chargesFor } from '../../../services/order-api/quotes/charges-for.ts'
import { draftCharges } from '../../../services/order-api/quotes/draft-charges.ts'
import { pricedPartOf } from '../../../services/order-api/quotes/priced-part-of.ts'
import { partOfOrder, partOfQuote } from '../../../services/order-api/quotes/requested-part.ts'
import { signedQuote } from '../../../services/order-api/routes/quotes.ts'
import { type TillAccount, write } from './books.ts'
import { editedBook } from './edited-book.ts'

/** What orders are decided and priced by, without HTTP and without a database: the same functions as behind the routes. */
export type Till = ReturnType<typeof createTill>

export function createTill() {
  const keyring = createKeyring(randomBytes(32).toString('base64'))
  const books = [...localPriceBooks]
  let time = Date.now()
  const now = (): Date => new Date(time)
  const makeId = makeIdAt(now)
  const data = (): PriceData => ({ facilities: localFacilities, books, taxes: taxTable, now: now() })

  const change = (account: TillAccount, id: string, decide: Decide): Order => {
    write(account, decide(orderOf(account, id), { now: now(), makeId }))
    return orderOf(account, id)
  }
  const place = (account: TillAccount, body: unknown): Order => {
    const request = parse('order', OrderRequest, body)
    const { accountId, isTest, terms } = account
    const wish = { owner: account, part: partOfOrder(request, terms.currency), method: request.shipping_method }
    const price = () => chargesFor({ ...wish, quoteId: request.quote_id }, data(), keyring)
    const placement = { request, accountId, isTest, terms, price, data: data(), now: now(), makeId }
    const result = placeOrder(placement)
    if ('issues' in result) throw new Refused('invalid_request', 'Not acceptable.', result.issues)
    const { order, entries } = result.placed
    write(account, { ...unchanged(order), entries })
    return orderOf(account, order.id)
  }
  const reprint = (account: TillAccount, id: string, body: unknown): Order => {
    const original = orderOf(account, id)
    const { terms } = account
    const currency = original.charges?.currency ?? terms.currency
    const price = (order: Order) =>
      chargesFor({ owner: account, part: pricedPartOf(order, currency), method: order.shippingMethod }, data(), keyring)
    const { placed, reprinted } = reprintOrder({
      ...{ original, earlier: [...account.orders.values()], request: parse('reprint', ReprintRequest, body), terms },
      ...{
        data: data(),
        madeItemIds: new Set<string>(),
        price,
        windowOf: () => undefined,
        now: now(),
        makeId,
      },
    })
    write(account, { ...unchanged(placed.order), entries: placed.entries })
    write(account, unchanged(reprinted.order))
    return orderOf(account, placed.order.id)
  }
  return {
    now,
    pass: (milliseconds: number): void => {
      time += milliseconds
    },
    edit: (place: number, percent: number): void => {
      books[place % books.length] = editedBook(place, percent)
    },
    quote: (account: TillAccount, body: unknown) => {
      const part = partOfQuote(parse('quote', QuoteRequest, body), account.terms.currency)
      return signedQuote({ keyring }, account, part, data())
    },
    place,
    reprint,
    change,
    confirm: (account: TillAccount, id: string, body: unknown) => {
      const { quote_id: quoteId } = parse('confirmation', ConfirmRequest, body)
      const { terms } = account
      return change(account, id, (draft, context) => {
        if (isConfirmed(draft)) return unchanged(draft)
        wantAllowed(draft, 'confirm')
        const charges = draftCharges(draft, { quoteId, currency: terms.currency }, data(), keyring)
        return confirmOrder(charges, billingOf(terms, charges?.currency))(draft, context)
      })
    },
    sendFiles: (account: TillAccount, id: string, itemId: string, body: unknown) =>
      change(account, id, replaceFiles(itemId, parse('files', ItemFiles, body))),
    cancel: (account: TillAccount, id: string) => change(account, id, cancelOrder),
    patch: (account: TillAccount, id: string, body: unknown) =>
      change(account, id, patchOrder(parse('order', OrderPatch, body), data())),
  }
}

export function orderOf({ orders }: TillAccount, id: string): Order {
  const order = orders.get(id)
  if (order) return order
  throw new Refused('not_found', `There is no order ${id}.`)
}
