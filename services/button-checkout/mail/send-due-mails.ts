import { Transient } from '#chassis/errors.ts'
import { boughtAttempt } from '../checkouts/bought.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { type MailKind, mailSent, mailsDue, newShipments } from '../checkouts/mails-due.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { CheckoutStore } from '../store/checkout-store.ts'
import { mailContent } from './mail-content.ts'
import { mailHtml } from './mail-html.ts'
import { mailText } from './mail-text.ts'
import type { Mailer, MailOutcome } from './mailer.ts'

export type MailContext = {
  readonly store: CheckoutStore
  readonly mailer: Mailer
  readonly now: () => Date
  /** Who stands under mails, and where answers go. */
  readonly seller: { readonly name: string; readonly email: string }
  /** The whole address of an order page. */
  readonly orderUrlOf: (checkoutId: string) => string
}

/** SES answers within seconds; whoever holds a lease longer is dead. */
const leaseMilliseconds = 60_000
/** About a day, by the pauses of the sweeper. */
const mostTries = 300

/**
 * Sends what a customer should have been told by now, each thing once: only who has the lease sends, and notes it before the next. A worker that
 * dies between sending and noting makes it twice. Throws Transient when mail does not go out now, and while another worker is at it: look again
 * later. Gives the checkout as it stands afterwards.
 */
export async function sendDueMails(context: MailContext, checkout: Checkout): Promise<Checkout> {
  let current = checkout
  for (;;) {
    const [kind] = mailsDue(current)
    if (kind === undefined) return current
    const { leased, isTaken } = await takeLease(context, current)
    const [leasedKind] = leased ? mailsDue(leased) : []
    if (!leased || leasedKind === undefined) return leased ?? current
    if (!isTaken) throw new Transient('Another worker is sending mails of this checkout.', { retryAfterSeconds: 60 })
    current = await sendOne(context, leased, leasedKind)
  }
}

async function takeLease({ store, now }: MailContext, checkout: Checkout) {
  let isTaken = false
  const leased = await changeCheckout(store, checkout.id, now, (each) => {
    const until = each.mails.leasedUntil
    isTaken = mailsDue(each).length > 0 && (until === undefined || until <= now().toISOString())
    if (!isTaken) return undefined
    const leasedUntil = new Date(now().getTime() + leaseMilliseconds).toISOString()
    return { ...each, mails: { ...each.mails, leasedUntil } }
  })
  return { leased, isTaken }
}

async function sendOne(context: MailContext, checkout: Checkout, kind: MailKind): Promise<Checkout> {
  const { store, now } = context
  const note = async (change: (each: Checkout) => Checkout): Promise<Checkout> =>
    (await changeCheckout(store, checkout.id, now, change)) ?? checkout
  const shipmentIds = newShipments(checkout).map(({ id }) => id)
  try {
    const outcome = await send(context, checkout, kind)
    if (outcome === 'rejected' && checkout.tries < mostTries) throw new Transient('The mail service takes no mail.')
    return await note((each) =>
      outcome === 'sent' ? mailSent(each, kind, shipmentIds, now()) : undeliverable(each, now()),
    )
  } catch (error) {
    await note(withoutLease)
    throw error
  }
}

async function send(context: MailContext, checkout: Checkout, kind: MailKind): Promise<MailOutcome> {
  const { mailer, seller, orderUrlOf } = context
  const content = mailContent(kind, checkout)
  const to = boughtAttempt(checkout)?.frozen.buyer.email
  if (!content || to === undefined) return 'undeliverable'
  const orderUrl = orderUrlOf(checkout.id)
  return mailer.send({
    to,
    replyTo: seller.email,
    subject: content.subject,
    text: mailText(content, orderUrl, seller.name),
    html: mailHtml(content, orderUrl, seller.name),
  })
}

const undeliverable = (checkout: Checkout, now: Date): Checkout => ({
  ...withoutLease(checkout),
  mails: { ...withoutLease(checkout).mails, undeliverableAt: now.toISOString() },
})

function withoutLease(checkout: Checkout): Checkout {
  const { leasedUntil: _over, ...mails } = checkout.mails
  return { ...checkout, mails }
}
