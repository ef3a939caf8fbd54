import type { FastifyRequest } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { checkoutIdOfToken, type LinkKind } from '../checkouts/links.ts'
import type { CheckoutContext } from './context.ts'

/** Whose link was called. Throws Refused `not_found`: alike for what was never given out and what is forgotten. */
export async function foundCheckout(
  { store, keyring }: Pick<CheckoutContext, 'store' | 'keyring'>,
  kind: LinkKind,
  { params }: Pick<FastifyRequest, 'params'>,
): Promise<Checkout> {
  const token = typeof params === 'object' && params !== null ? Reflect.get(params, 'token') : undefined
  const id = typeof token === 'string' ? checkoutIdOfToken(keyring, kind, token) : undefined
  const found = id === undefined ? undefined : await store.find(id)
  if (found) return found
  throw new Refused('not_found', 'This link leads to nothing, or to nothing any more.')
}
