import type { CheckoutActions } from './checkout/state/checkout-actions.ts'

const nothing = () => undefined

/** On the server nobody can do anything. */
export const idleActions: CheckoutActions = {
  ...{ chooseOffer: nothing, changeCart: nothing, place: nothing, chooseCountry: nothing, type: nothing },
  ...{ chooseMethod: nothing, lookSideways: nothing, askPrice: nothing, closeNotice: nothing },
  ...{ goToAddress: nothing, goToPay: nothing, pay: nothing },
}
