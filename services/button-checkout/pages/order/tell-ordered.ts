import { tellOpener } from '../tell-opener.ts'
import type { OrderPageData } from './page-data.ts'

/** Tells the page with the button that something was ordered: once a tab, and nothing about who ordered. */
export function tellOrdered({ view, opener }: OrderPageData): void {
  if (!opener || view.progress === 'payment_pending') return
  const told = `told ${view.checkout_id}`
  try {
    if (sessionStorage.getItem(told) !== null) return
    sessionStorage.setItem(told, '1')
  } catch {
    // Without storage it may be told twice, which its listener can bear.
  }
  tellOpener(opener, 'ordered')
}
