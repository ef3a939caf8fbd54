import { readForm } from './form.ts'
import type { Intent, Refund } from './records.ts'
import { invalid, missing } from './stripe-fault.ts'
import { epochSeconds, stripeId, type World } from './world.ts'

const known = [/^(payment_intent|amount)$/, /^metadata\[[^[\]]{1,40}\]$/]

/** POST /v1/refunds */
export function createRefund(world: World, livemode: boolean, fields: URLSearchParams): unknown {
  const form = readForm(fields, known)
  const intent = intentIn(world, livemode, form.text('payment_intent'))
  if (intent.status !== 'succeeded') {
    throw invalid('This PaymentIntent does not have a successful charge to refund.', 'payment_intent')
  }
  const left = intent.amount_received - refundedOf(world, intent.id)
  const amount = form.optional('amount') === null ? left : form.integer('amount')
  if (left === 0) throw invalid('The charge has already been refunded.', undefined, 'charge_already_refunded')
  if (amount < 1 || amount > left) {
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, 'amount')
  }
  const refund: Refund = {
    id: stripeId('re'),
    payment_intent: intent.id,
    amount,
    currency: intent.currency,
    metadata: form.metadata('metadata'),
    created: epochSeconds(world.now()),
  }
  world.journal.put({ kind: 'refund', record: refund })
  return showRefund(refund)
}

/** GET /v1/refunds?payment_intent=… */
export function listRefunds(world: World, livemode: boolean, fields: URLSearchParams): unknown {
  const intent = intentIn(world, livemode, fields.get('payment_intent') ?? '')
  const data = refundsOf(world, intent.id).map(showRefund).reverse()
  return { object: 'list', url: '/v1/refunds', has_more: false, data }
}

const showRefund = (refund: Refund) => ({ ...refund, object: 'refund', status: 'succeeded', reason: null })

function intentIn(world: World, livemode: boolean, id: string): Intent {
  const intent = world.journal.intents.get(id)
  if (!intent || intent.livemode !== livemode) throw missing('payment_intent', id)
  return intent
}

const refundsOf = ({ journal }: World, intentId: string): Refund[] =>
  [...journal.refunds.values()].filter((refund) => refund.payment_intent === intentId)

const refundedOf = (world: World, intentId: string): number =>
  refundsOf(world, intentId).reduce((sum, { amount }) => sum + amount, 0)
