import { setTimeout as pause } from 'node:timers/promises'
import { Transient } from '#chassis/errors.ts'
import { parse } from '#contracts/parse.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { CheckoutStore } from '../store/checkout-store.ts'
import type { PlainItems } from '../store/plain-items.ts'
import { NumberSeries } from './number-series.ts'
import { numberIn, numbersDue, numberText, seriesName, withNumber } from './number-slots.ts'
import type { Seller } from './seller.ts'

export type Numbering = {
  readonly store: CheckoutStore
  readonly items: PlainItems
  readonly seller: Seller
  readonly now: () => Date
}

/** About as long as three writes take. */
const politeMilliseconds = 30
/** Each lost try means that somebody else got on by a step. */
const mostTries = 400

type Promised = NonNullable<NumberSeries['pending']> & {
  readonly name: string
  readonly version: number
  readonly last: number
}

/**
 * Gives a checkout the numbers that it lacks, without gaps and without doubles, whoever else does so and wherever any of them dies. May be
 * called as often as one likes. Gives the checkout as it stands then.
 *
 * A number is first promised in the series, then written into the checkout, then counted. Only one is promised at a time. What a dead process
 * left promised is finished by the next caller. A promise whose place was filled meanwhile is taken back, and the number is the next one's.
 */
export async function assignNumbers(numbering: Numbering, checkoutId: string): Promise<Checkout | undefined> {
  let seen = 0
  for (let tries = 0; tries < mostTries; tries += 1) {
    const checkout = await numbering.store.find(checkoutId)
    const [slot] = checkout ? numbersDue(checkout) : []
    if (!checkout || slot === undefined) return checkout
    seen = await goOn(numbering, checkout, slot, seen)
  }
  throw new Transient('Too many others take invoice numbers at this moment; try again.')
}

/** One step, of ours or of whoever promised before us. Gives the version of a promise that was only seen: found again, it is kept. */
async function goOn(numbering: Numbering, checkout: Checkout, slot: string, seen: number): Promise<number> {
  const { items, seller, now } = numbering
  const name = seriesName(seller, checkout, slot, now().getUTCFullYear())
  const found = await items.getItem(name)
  const { last, pending } = found ? parse('number series', NumberSeries, found.doc) : { last: 0 }
  const version = found?.version ?? 0
  if (pending && version !== seen) {
    // Whoever promised it is most likely about to keep it.
    await pause(Math.random() * politeMilliseconds)
    return version
  }
  if (pending) {
    await keepPromise(numbering, { ...pending, name, version, last })
    return 0
  }
  const promise = { number: last + 1, checkoutId: checkout.id, slot }
  const isPromised = await items.putIf(name, version, { last, pending: promise })
  if (isPromised) await keepPromise(numbering, { ...promise, name, version: version + 1, last })
  return 0
}

async function keepPromise({ store, items, seller, now }: Numbering, promised: Promised): Promise<void> {
  const { name, version, last, checkoutId, slot, number } = promised
  const year = Number(name.slice(name.lastIndexOf('/') + 1))
  const text = (checkout: Checkout): string => numberText(checkout, slot, number, year)
  const checkout = await changeCheckout(store, checkoutId, now, (each) =>
    withNumber(each, slot, text(each), seller, now().toISOString()),
  )
  // A checkout that is gone may have had it: a gap can be explained, two invoices with one number cannot.
  const isUsed = checkout === undefined || numberIn(checkout, slot) === text(checkout)
  // False: somebody else counted it already.
  await items.putIf(name, version, { last: isUsed ? number : last })
}
