/** How a payment stands at its provider. Only `paid` is ever followed by an order; it is never taken back. */
export const paymentStandings = ['open', 'pending', 'paid', 'failed', 'expired'] as const
export type PaymentStanding = (typeof paymentStandings)[number]
