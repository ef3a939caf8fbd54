import type { Cart } from '#contracts/checkout/cart.ts'
import type { ShippingMethod } from '#contracts/order-api/charges.ts'
import { isPricedByState } from '../address/address-rules.ts'
import type { CheckoutStore } from './checkout-store.ts'
import type { FieldName } from './draft.ts'
import { cartOf } from './first-draft.ts'
import { goToAddress, goToPay } from './going-on.ts'
import { pay } from './pay.ts'
import { createSaving } from './saving.ts'

export type CheckoutActions = {
  readonly chooseOffer: (offer: number) => void
  readonly changeCart: (part: Partial<Cart>) => void
  /** Where the picture lies on the sheet: no price depends on it. */
  readonly place: (design: Cart['design']) => void
  readonly chooseCountry: (country: string) => void
  readonly type: (name: FieldName, value: string) => void
  readonly chooseMethod: (method: ShippingMethod) => void
  readonly lookSideways: (isSideways: boolean) => void
  readonly askPrice: () => void
  readonly goToAddress: () => void
  readonly goToPay: () => void
  readonly pay: () => void
  readonly closeNotice: () => void
}

/** Everything that a visitor can do here. */
export function createActions(store: CheckoutStore): CheckoutActions {
  const saving = createSaving(store)
  const { now, set, draft, data } = store
  const cart = (next: Cart) => {
    draft({ cart: next })
    saving.touch()
  }
  return {
    chooseOffer: (wanted) => {
      const offer = data.shop.offers.find((each) => each.offer === wanted)
      cart(cartOf(offer, now().draft.cart.quantity))
    },
    changeCart: (part) => cart({ ...now().draft.cart, ...part }),
    place: (design) => {
      const { design: _before, ...rest } = now().draft.cart
      draft({ cart: design ? { ...rest, design } : rest })
      if (now().view) saving.touch()
    },
    chooseCountry: (country) => {
      draft({ country, fields: { ...now().draft.fields, state: '' } })
      saving.touch()
    },
    type: (name, value) => {
      const { [name]: _mended, ...faults } = now().faults
      draft({ fields: { ...now().draft.fields, [name]: value } })
      set({ faults })
      if (name === 'state' && isPricedByState(now().draft.country)) saving.touch()
    },
    chooseMethod: (method) => {
      draft({ method })
      if (now().view) void saving.save({ shipping_method: method })
    },
    lookSideways: (isSideways) => draft({ isSideways }),
    askPrice: () => saving.touch(),
    goToAddress: () => void goToAddress(store, saving),
    goToPay: () => void goToPay(store, saving),
    pay: () => void pay(store, saving),
    closeNotice: () => set({ notice: undefined }),
  }
}
