import { useEffect, useState } from 'preact/hooks'
import { h } from '#look/h.ts'
import { CheckoutPage } from './checkout-page.ts'
import { createActions } from './state/checkout-actions.ts'
import { type CheckoutStore, restoreDraft } from './state/checkout-store.ts'

/** The page with its state: first as the server drew it, then with what this tab kept. */
export function CheckoutApp({ store }: { readonly store: CheckoutStore }) {
  const [state, show] = useState(store.now())
  const [actions] = useState(() => createActions(store))
  useEffect(() => {
    const stop = store.subscribe(() => show(store.now()))
    const isRestored = restoreDraft(store)
    if (isRestored || !store.now().price) actions.askPrice()
    return stop
  }, [store, actions])
  return h(CheckoutPage, { data: store.data, state, actions })
}
