import type { Buyer, Cart, Destination } from '#contracts/checkout/cart.ts'
import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import { hasPostalCodes, needsPostalCode, noPostalCode } from '#contracts/postal-codes.ts'

export const fieldNames = ['email', 'name', 'line1', 'line2', 'postal_code', 'city', 'state', 'phone'] as const
export type FieldName = (typeof fieldNames)[number]

/** Everything that a visitor chose or typed, valid or not yet. */
export type Draft = {
  readonly cart: Cart
  readonly country: string
  readonly fields: Readonly<Record<FieldName, string>>
  readonly method: ShippingMethod | undefined
  /** How the print is looked at in the preview; it is made the same either way. */
  readonly isSideways?: boolean
}

/** What the price needs to know of the place. */
export function destinationOf({ country, fields }: Draft): Destination {
  const state = fields.state.trim()
  const code = hasPostalCodes(country) ? fields.postal_code.trim() : ''
  return { country, ...(state ? { state } : {}), ...(code ? { postal_code: code } : {}) }
}

/** Who gets it, without what was left empty. */
export function buyerOf({ country, fields }: Draft): Buyer {
  const said = (name: FieldName) => fields[name].trim()
  return {
    name: said('name'),
    email: said('email'),
    ...(said('phone') ? { phone: said('phone') } : {}),
    address: {
      line1: said('line1'),
      ...(said('line2') ? { line2: said('line2') } : {}),
      city: said('city'),
      postal_code: codeOf(country, said('postal_code')),
      ...(said('state') ? { state: said('state') } : {}),
      country,
    },
  }
}

/** What was typed for another country is left behind where there are no codes. */
function codeOf(country: string, typed: string): string {
  if (!hasPostalCodes(country)) return noPostalCode
  return needsPostalCode(country) ? typed : typed || noPostalCode
}
