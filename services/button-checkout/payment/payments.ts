import type { PaymentStanding } from '#contracts/checkout/payment.ts'
import type { CurrencyCode } from '#contracts/money.ts'

/** What the provider's page shows and takes; the visitor's own data stay with us but for the mail address. */
export type PaymentWish = {
  readonly checkoutId: string
  readonly attempt: number
  readonly isTest: boolean
  readonly amountMinor: number
  readonly currency: CurrencyCode
  /** One line for people, such as "Harbour Lights, issue 12 · Magazine A4 × 2". */
  readonly description: string
  readonly email: string
  readonly language: string
  /** Where the provider sends the visitor after it was paid, and when they go back. */
  readonly successUrl: string
  readonly cancelUrl: string
  readonly expiresAt: Date
}

export type PaymentState = {
  readonly standing: PaymentStanding
  /** There when it is paid. */
  readonly payment?: {
    readonly reference: string
    readonly amountMinor: number
    readonly currency: CurrencyCode
    readonly at: string
  }
}

/** News of a payment, as a webhook brings it: forged ones never get so far. */
export type PaymentNews = {
  readonly checkoutId: string
  readonly attempt: number
  readonly sessionId: string
  readonly isTest: boolean
} & PaymentState

/**
 * Who takes the money, on a page of its own (SAQ A): no card ever comes near us. Narrow enough for Stripe, Mollie and Adyen. Everything here
 * may be asked twice. Throws Transient when the provider does not answer, Refused when it says no.
 */
export type Payments = {
  readonly provider: string
  /** Whether this world can be paid in at all: without a key it is closed. */
  readonly isOpen: (isTest: boolean) => boolean
  /** The same wish (checkout, attempt) gives the same session. */
  readonly begin: (wish: PaymentWish) => Promise<{ readonly id: string; readonly url: string }>
  readonly look: (isTest: boolean, sessionId: string) => Promise<PaymentState>
  /** From now on it cannot be paid; when it was paid before, that is what comes back. */
  readonly end: (isTest: boolean, sessionId: string) => Promise<PaymentState>
  /** Once a `key`. */
  readonly refund: (wish: {
    readonly isTest: boolean
    readonly paymentReference: string
    readonly amountMinor: number
    readonly key: string
  }) => Promise<{ readonly reference: string }>
  /** Undefined for what is genuine and none of our business. Throws Refused `unauthenticated` for what the provider did not sign. */
  readonly readWebhook: (headers: Readonly<Record<string, string | undefined>>, body: Buffer) => PaymentNews | undefined
}
