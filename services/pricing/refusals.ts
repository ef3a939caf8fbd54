import { type Issue, Refused } from '#chassis/errors.ts'

export const priceUnknown = (issues: readonly Issue[]): Refused =>
  new Refused('price_unknown', 'There is no price for what is listed in errors. Nothing was guessed.', issues)

export const shippingUnknown = (detail: string): Refused =>
  new Refused('shipping_unknown', `Shipping has no rate for this: ${detail}. Nothing is sent for free because of that.`)

export const taxUnknown = (issue: Issue): Refused =>
  new Refused('tax_unknown', 'The tax of this destination is not known here, and is not guessed.', [issue])

export const unacceptable = (issues: readonly Issue[]): Refused =>
  new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
