import type { Cart } from '#contracts/checkout/cart.ts'
import type { Wares } from './wares.ts'

/**
 * The cart with how its picture is cut, where nobody said so: a proof judges pictures as filling their product (decision 0027), and a very long
 * one that says nothing would be refused for its shape after it was paid.
 */
export const asSeen = ({ proof }: Pick<Wares, 'proof'>, cart: Cart): Cart =>
  cart.design === undefined && proof?.kind === 'picture' ? { ...cart, design: { fit: 'fill' } } : cart
