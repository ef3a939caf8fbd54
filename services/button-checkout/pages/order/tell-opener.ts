import type { CheckoutMessage } from '#contracts/checkout/start.ts'
import type { OrderPageData } from './page-data.ts'

/** Tells the page with the button that something was ordered: once a tab, at its own origin only, and nothing about who ordered. */
export function tellOpener({ view, opener }: OrderPageData): void {
  if (!opener || view.progress === 'payment_pending' || !window.opener) return
  const { origin, publication, reference } = opener
  // Anybody writes the address of a button; what is no origin must not stop what comes after this.
  if (!URL.canParse(origin)) return
  const message: CheckoutMessage = {
    printcloud: 1,
    type: 'ordered',
    ...(publication === undefined ? {} : { publication }),
    ...(reference === undefined ? {} : { reference }),
  }
  const told = `told ${view.checkout_id}`
  try {
    if (sessionStorage.getItem(told) !== null) return
    sessionStorage.setItem(told, '1')
  } catch {
    // Without storage it may be told twice, which its listener can bear.
  }
  window.opener.postMessage(message, origin)
}
