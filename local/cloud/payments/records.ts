import { type Static, Type } from 'typebox'

const Metadata = Type.Record(Type.String(), Type.String())

/** A session of the payment page, as far as it is kept; `showSession` makes Stripe's shape of it. */
export const Session = Type.Object({
  id: Type.String(),
  livemode: Type.Boolean(),
  status: Type.Enum(['open', 'complete', 'expired']),
  payment_status: Type.Enum(['unpaid', 'paid']),
  amount_total: Type.Integer(),
  currency: Type.String(),
  description: Type.String(),
  client_reference_id: Type.Union([Type.String(), Type.Null()]),
  metadata: Metadata,
  intent_metadata: Metadata,
  customer_email: Type.Union([Type.String(), Type.Null()]),
  locale: Type.String(),
  success_url: Type.String(),
  cancel_url: Type.Union([Type.String(), Type.Null()]),
  created: Type.Integer(),
  expires_at: Type.Integer(),
  payment_intent: Type.Union([Type.String(), Type.Null()]),
  /** How a payment that takes its time will end, and when. */
  settles: Type.Optional(Type.Object({ as: Type.Enum(['succeeded', 'failed']), at: Type.Integer() })),
})
export type Session = Static<typeof Session>

export const Intent = Type.Object({
  id: Type.String(),
  livemode: Type.Boolean(),
  amount: Type.Integer(),
  amount_received: Type.Integer(),
  currency: Type.String(),
  status: Type.Enum(['processing', 'succeeded', 'requires_payment_method']),
  metadata: Metadata,
  session: Type.String(),
  created: Type.Integer(),
  charged: Type.Optional(Type.Integer()),
})
export type Intent = Static<typeof Intent>

export const Refund = Type.Object({
  id: Type.String(),
  payment_intent: Type.String(),
  amount: Type.Integer(),
  currency: Type.String(),
  metadata: Metadata,
  created: Type.Integer(),
})
export type Refund = Static<typeof Refund>

/** What was answered to an idempotency key. */
export const Reply = Type.Object({
  id: Type.String(),
  request: Type.String(),
  requestId: Type.String(),
  status: Type.Integer(),
  body: Type.String(),
  at: Type.Integer(),
})
export type Reply = Static<typeof Reply>

export const PaymentEvent = Type.Object({
  id: Type.String(),
  type: Type.String(),
  livemode: Type.Boolean(),
  created: Type.Integer(),
  /** The session as it was then, in Stripe's shape. */
  object: Type.Unknown(),
  /** Endpoints that have not taken it yet. */
  waiting: Type.Array(Type.String()),
  tries: Type.Integer(),
  nextAtEpochMs: Type.Integer(),
})
export type PaymentEvent = Static<typeof PaymentEvent>

/** One line of the journal. */
export const Line = Type.Union([
  Type.Object({ kind: Type.Literal('session'), record: Session }),
  Type.Object({ kind: Type.Literal('intent'), record: Intent }),
  Type.Object({ kind: Type.Literal('refund'), record: Refund }),
  Type.Object({ kind: Type.Literal('reply'), record: Reply }),
  Type.Object({ kind: Type.Literal('event'), record: PaymentEvent }),
])
export type Line = Static<typeof Line>
