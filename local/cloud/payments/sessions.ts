import { announce } from './events.ts'
import { type Form, readForm } from './form.ts'
import type { Session } from './records.ts'
import { showSession } from './show-session.ts'
import { invalid, missing } from './stripe-fault.ts'
import { epochSeconds, stripeId, type World } from './world.ts'

const known = [
  /^(mode|client_reference_id|customer_email|locale|success_url|cancel_url|expires_at)$/,
  /^line_items\[0\]\[(quantity|price_data\]\[(currency|unit_amount|product_data\]\[name))\]$/,
  /^metadata\[[^[\]]{1,40}\]$/,
  /^payment_intent_data\[metadata\]\[[^[\]]{1,40}\]$/,
  /^adaptive_pricing\[enabled\]$/,
  /^expand\[\d\]$/,
]
const currencies = /^(aud|bhd|cad|chf|czk|dkk|eur|gbp|jpy|nok|pln|sek|usd)$/
const threeDecimals = ['bhd']
const shortestSeconds = 30 * 60
const longestSeconds = 24 * 60 * 60
/** Half a dollar or so, in each currency's minor units; Stripe has a list. */
const leastOf = (currency: string): number => (currency === 'bhd' ? 200 : 50)

/** POST /v1/checkout/sessions */
export function createSession(world: World, livemode: boolean, fields: URLSearchParams): unknown {
  const form = readForm(fields, known)
  const created = epochSeconds(world.now())
  if (form.text('mode') !== 'payment') throw invalid('Only the mode payment is known here.', 'mode')
  const session: Session = {
    id: stripeId(livemode ? 'cs_live' : 'cs_test'),
    livemode,
    status: 'open',
    payment_status: 'unpaid',
    ...amountOf(form),
    description: form.text('line_items[0][price_data][product_data][name]'),
    client_reference_id: form.optional('client_reference_id'),
    metadata: form.metadata('metadata'),
    intent_metadata: form.metadata('payment_intent_data[metadata]'),
    customer_email: form.optional('customer_email'),
    locale: form.optional('locale') ?? 'auto',
    success_url: addressIn(form, 'success_url'),
    cancel_url: form.optional('cancel_url') === null ? null : addressIn(form, 'cancel_url'),
    created,
    expires_at: endIn(form, created),
    payment_intent: null,
  }
  world.journal.put({ kind: 'session', record: session })
  return showSession(world, session)
}

/** GET /v1/checkout/sessions/{id} */
export function retrieveSession(world: World, livemode: boolean, id: string, fields: URLSearchParams): unknown {
  const expand = [...fields.values()]
  return showSession(world, sessionIn(world, livemode, id), expand)
}

/** POST /v1/checkout/sessions/{id}/expire */
export function expireSession(world: World, livemode: boolean, id: string): unknown {
  const session = sessionIn(world, livemode, id)
  if (session.status !== 'open') {
    throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`)
  }
  return showSession(world, closeSession(world, session))
}

export function closeSession(world: World, session: Session): Session {
  const expired: Session = { ...session, status: 'expired' }
  world.journal.put({ kind: 'session', record: expired })
  announce(world, expired, 'checkout.session.expired')
  return expired
}

/** One whose time is over closes the moment that anybody looks: no timer decides about money. */
export function sessionIn(world: World, livemode: boolean, id: string): Session {
  const session = world.journal.sessions.get(id)
  if (!session || session.livemode !== livemode) throw missing('checkout.session', id)
  const isOver = session.status === 'open' && session.expires_at <= epochSeconds(world.now())
  return isOver ? closeSession(world, session) : session
}

function amountOf(form: Form): Pick<Session, 'amount_total' | 'currency'> {
  const name = 'line_items[0][price_data][unit_amount]'
  const currency = form.text('line_items[0][price_data][currency]')
  if (!currencies.test(currency)) throw invalid(`Invalid currency: ${currency}.`, 'currency')
  const amount = form.integer(name) * form.integer('line_items[0][quantity]')
  if (threeDecimals.includes(currency) && amount % 10 !== 0) throw invalid('Amounts in BHD must end in 0.', name)
  if (amount < leastOf(currency)) throw invalid('The amount is too small.', name, 'amount_too_small')
  if (amount > 99_999_999) throw invalid('The amount is too large.', name, 'amount_too_large')
  return { amount_total: amount, currency }
}

function addressIn(form: Form, name: string): string {
  const address = form.text(name)
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw invalid('Not a valid URL', name, 'url_invalid')
  return address
}

function endIn(form: Form, created: number): number {
  if (form.optional('expires_at') === null) return created + longestSeconds
  const end = form.integer('expires_at')
  if (end < created + shortestSeconds || end > created + longestSeconds) {
    throw invalid('The `expires_at` timestamp must be between 30 minutes and 24 hours from creation.', 'expires_at')
  }
  return end
}
