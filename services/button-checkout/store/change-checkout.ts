import { Transient } from '#chassis/errors.ts'
import type { Checkout } from '../checkouts/checkout.ts'
import { forgetAtOf } from '../checkouts/forget-at.ts'
import type { CheckoutStore } from './checkout-store.ts'

const mostTries = 8

/** Everything of a checkout but its version and when it is forgotten, which `changeCheckout` sees to. */
export type Decide = (checkout: Checkout) => Checkout | undefined

/**
 * Reads, decides, saves; when somebody else was faster, all of it again. `decide` is pure and may run several times; undefined or the same object:
 * nothing is to be changed. Gives the checkout as it stands afterwards; undefined: there is none. What `decide` throws goes through.
 */
export async function changeCheckout(
  store: CheckoutStore,
  id: string,
  now: () => Date,
  decide: Decide,
): Promise<Checkout | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const found = await store.find(id)
    if (!found) return undefined
    const decided = decide(found)
    if (decided === undefined || decided === found) return found
    const at = now()
    const kept = { updatedAt: at.toISOString(), forgetAt: forgetAtOf(decided, at) }
    const changed = { ...decided, version: found.version + 1, ...kept }
    if (await store.save(changed)) return changed
  }
  throw new Transient(`${mostTries} others changed this checkout at the same time; try again.`)
}
