import { type Issue, Refused, Transient } from '#chassis/errors.ts'
import type { Buyer } from '#contracts/checkout/cart.ts'
import { boughtAttempt } from './bought.ts'
import type { Checkout } from './checkout.ts'

/** What a customer may change about where it goes. The mail address stays: links and the invoice went there. */
export type NewRecipient = Omit<Buyer, 'email'>

/**
 * Why this address cannot take the place of the one that was paid for: tax and shipping were priced for a country, in the US for a state.
 * Empty: it can.
 */
export function addressFaults(bought: Buyer, wanted: NewRecipient): readonly Issue[] {
  const [from, to] = [bought.address, wanted.address]
  if (from.country !== to.country) {
    return [{ pointer: '/address/country', detail: `must stay ${from.country}: shipping and tax were paid for it` }]
  }
  if (from.country === 'US' && from.state !== to.state) {
    return [{ pointer: '/address/state', detail: `must stay ${from.state ?? 'empty'}: tax was paid for it` }]
  }
  return []
}

/** The buyer as it will be. Throws Refused with the fields that cannot be. */
export function changedBuyer(checkout: Checkout, wanted: NewRecipient): Buyer {
  const attempt = boughtAttempt(checkout)
  if (!attempt) throw new Refused('action_not_allowed', 'Nothing was bought here, so there is no address to change.')
  const { buyer } = attempt.frozen
  const faults = addressFaults(buyer, wanted)
  if (faults.length > 0) {
    throw new Refused('invalid_request', 'It can only go to another address in the same country.', faults)
  }
  return { ...wanted, email: buyer.email }
}

/** Writes it into what the order is made of, while nobody has begun to pass it on. Throws where that is not so. */
export function changeRecipientBeforeOrder(checkout: Checkout, wanted: NewRecipient): Checkout {
  if (checkout.submittingSince !== undefined) {
    throw new Transient('The order is being passed on at this moment; try again in a minute.')
  }
  if (checkout.state !== 'paid') {
    throw new Refused('action_not_allowed', 'The address can no longer be changed.')
  }
  return withBuyer(checkout, changedBuyer(checkout, wanted))
}

/** `buyer` wherever the one stood that was paid for. */
export function withBuyer(checkout: Checkout, buyer: Buyer): Checkout {
  const bought = boughtAttempt(checkout)
  const attempts = checkout.attempts.map((attempt) =>
    attempt === bought ? { ...attempt, frozen: { ...attempt.frozen, buyer } } : attempt,
  )
  return { ...checkout, buyer, attempts }
}
