import type { WordKey } from '../../words/en.ts'
import { sharpnessOf } from '../crop/crop-maths.ts'
import { dpiOfPlacing, placingOf } from '../crop/placing.ts'
import type { PageData } from '../page-data.ts'
import { groundOf } from '../preview/ground-of.ts'
import type { CheckoutState } from '../state/checkout-state.ts'

/** Why this cannot be paid as it is; production would refuse it. The server looks again. */
export function blocked(data: PageData, { draft }: Pick<CheckoutState, 'draft'>): WordKey | undefined {
  const offer = data.shop.offers.find((each) => each.offer === draft.cart.offer)
  if (!offer || offer.closed !== undefined) return 'rejectedStops'
  const ground = groundOf(data, draft.cart)
  if (!ground) return undefined
  const placing = placingOf(draft.cart.design, ground, draft.isSideways)
  return sharpnessOf(dpiOfPlacing(ground, placing), offer.product.resolution) === 'low' ? 'rejectedStops' : undefined
}
