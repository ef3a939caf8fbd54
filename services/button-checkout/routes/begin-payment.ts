import { Refused } from '#chassis/errors.ts'
import type { PayRequest } from '#contracts/checkout/checkout-view.ts'
import type { Issue } from '#contracts/parse.ts'
import { beginAttempt, openAttempt, underWay } from '../checkouts/begin-attempt.ts'
import { buyerIssues } from '../checkouts/buyer-issues.ts'
import type { Attempt, Checkout, Frozen } from '../checkouts/checkout.ts'
import { paymentWishOf } from '../checkouts/payment-wish-of.ts'
import { settlePayment } from '../checkouts/settle-payment.ts'
import { withDue } from '../checkouts/work-of.ts'
import { type Bought, freeze } from '../offer/freeze.ts'
import { requireSale } from '../offer/require-sale.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { CheckoutContext } from './context.ts'
import { inTime } from './in-time.ts'
import { waresOf } from './present-checkout.ts'
import { requireVersion } from './require-version.ts'

/** The click that finds no answer in this time is answered; the next one finds the same payment. */
const beginWithinMilliseconds = 4_500

type Page = { readonly redirect_url: string }

/** What is to be paid now. Throws Refused: with what is missing, or `price_changed` when the visitor saw another price. */
export async function frozenPayment(context: CheckoutContext, checkout: Checkout, wish: PayRequest): Promise<Frozen> {
  const wares = await waresOf(context, checkout)
  requireSale(wares, context.payments, context.now())
  const frozen = freeze(wares, boughtOf(checkout), context.keyring, context.now())
  await requireSameOffer(context, checkout, frozen.sku)
  const { gross, currency } = frozen.charges
  if (gross !== wish.amount || currency !== wish.currency) {
    throw new Refused('price_changed', 'The price is another one by now; look at it before you pay.', [
      { pointer: '/amount', detail: `is ${gross} ${currency} by now; found ${wish.amount} ${wish.currency}` },
    ])
  }
  return frozen
}

/** Another product in the place of the chosen one is bought by nobody who did not see it: they are shown it first. */
async function requireSameOffer({ store, now }: CheckoutContext, checkout: Checkout, sku: string): Promise<void> {
  if (checkout.sku === undefined || checkout.sku === sku) return
  await changeCheckout(store, checkout.id, now, (found) => ({ ...found, sku }))
  throw new Refused('price_changed', 'Another product is offered in its place by now; look at it before you pay.')
}

/** Writes the attempt, then asks the provider. `ofVersion`: what its visitor saw. */
export async function beginPayment(
  context: CheckoutContext,
  checkout: Checkout,
  { frozen, ofVersion }: { readonly frozen: Frozen; readonly ofVersion: number },
): Promise<Page> {
  const { store, now } = context
  const begun = await changeCheckout(store, checkout.id, now, (found) => {
    // A second click that was as fast: it is led to the attempt of the first one.
    if (underWay(found)?.ofVersion === ofVersion) return undefined
    requireVersion(found, checkout.version)
    return withDue(beginAttempt(found, frozen, ofVersion, now()), now())
  })
  const attempt = begun?.attempts.at(-1)
  if (!begun || !attempt) throw new Error(`Checkout ${checkout.id} was gone while its payment began`)
  return openedPayment(context, begun, attempt)
}

/** The page of an attempt; asked for again, the same one. What the provider will not have is over. */
export async function openedPayment(context: CheckoutContext, checkout: Checkout, attempt: Attempt): Promise<Page> {
  const { payments, store, keyring, config, now } = context
  if (attempt.session && attempt.session.url !== '') return { redirect_url: attempt.session.url }
  const { number } = attempt
  /** Written down also where its visitor did not wait for it. */
  const begin = async (): Promise<string> => {
    const session = await payments.begin(paymentWishOf(checkout, attempt, keyring, config.CHECKOUT_URL))
    await changeCheckout(store, checkout.id, now, (found) => openAttempt(found, number, session))
    return session.url
  }
  try {
    return { redirect_url: await inTime(begin(), beginWithinMilliseconds) }
  } catch (error) {
    if (error instanceof Refused) {
      const failed = { attempt: number, standing: 'failed' } as const
      await changeCheckout(store, checkout.id, now, (found) => settlePayment(found, failed, now()))
      throw notPayable(error)
    }
    throw error
  }
}

/** What the provider will not take, in words of ours. */
function notPayable(cause: Refused): Refused {
  if (cause.code !== 'amount_not_payable') return new Refused('sale_closed', cause.message, [], { cause })
  return new Refused('invalid_request', cause.message, [{ pointer: '/cart/quantity', detail: cause.message }], {
    cause,
  })
}

/** Throws Refused with what is still to be filled in. */
function boughtOf({ cart, buyer, method, language }: Checkout): Bought {
  const missing: readonly Issue[] = [
    ...(buyer ? buyerIssues(buyer) : [{ pointer: '/buyer', detail: 'is required' }]),
    ...(method ? [] : [{ pointer: '/shipping_method', detail: 'is required' }]),
  ]
  if (buyer && method && missing.length === 0) return { cart, buyer, method, language }
  throw new Refused('invalid_request', 'Something is still to be filled in before this can be paid.', missing)
}
