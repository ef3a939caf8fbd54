/** Metadata of everything that we make at Stripe: found again by people there, and by refunds here. */
export const stripeMetadata = { checkout: 'checkout', attempt: 'attempt', refundKey: 'refund_key' } as const
