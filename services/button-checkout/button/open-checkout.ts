import type { CheckoutMessage } from '#contracts/checkout/start.ts'
import { checkout } from './site.ts'
import type { Wish } from './wish.ts'

/** The windows that buttons of this page opened: what may be heard from where, and who tells it the page. */
const opened = new WeakMap<object, readonly [origin: string, element: Element]>()

/** Where a wish leads. */
export const checkoutAddress = (wish: Wish): string => `${checkout}?${new URLSearchParams(wish)}`

/**
 * Opens the checkout in a new tab, or here where the page wants that or the browser allows no tab. The tab keeps its opener, so that it can
 * tell of an order: contracts/checkout/start.ts.
 */
export function openCheckout(element: Element, address: string): void {
  const tab = element.matches('[target$=self]') ? null : open(address, '_blank')
  if (tab) {
    opened.set(tab, [new URL(address).origin, element])
    // The same function is added once.
    addEventListener('message', hear)
  } else location.assign(address)
}

/** Only from a window that was opened here, only while it shows the checkout, and only what the contract says. */
function hear({ source, origin, data }: MessageEvent<unknown>): void {
  const [expected, element] = opened.get(Object(source)) || []
  const { printcloud, type }: CheckoutMessage = Object(data)
  if (origin === expected && printcloud === 1 && /^(ordered|closed)$/.test(type)) {
    element?.dispatchEvent(new CustomEvent(`printcloud-${type}`, { bubbles: true, composed: true, detail: data }))
  }
}
