import type { CheckoutMessage } from '#contracts/checkout/start.ts'
import { checkout } from './site.ts'
import type { Wish } from './wish.ts'

/** Where a wish leads. */
export const checkoutAddress = (wish: Wish): string => `${checkout}?${new URLSearchParams(wish)}`

/**
 * Opens the checkout in a new tab, or here where the page wants that or the browser allows no tab. The tab keeps its opener, so that it can
 * tell of an order: contracts/checkout/start.ts.
 */
export function openCheckout(element: Element, address: string): void {
  const tab = element.matches('[target$=self]') ? null : open(address, '_blank')
  if (tab) hearFrom(tab, new URL(address).origin, element)
  else location.assign(address)
}

/**
 * Only from that window, only while it shows the checkout, and only what the contract says. Where the page took the button away meanwhile, the
 * document tells it.
 */
function hearFrom(tab: Window, checkoutOrigin: string, element: Element): void {
  addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    const { printcloud, type }: CheckoutMessage = Object(data)
    if (source === tab && origin === checkoutOrigin && printcloud === 1 && /^(ordered|closed)$/.test(type)) {
      const teller = element.isConnected ? element : document
      teller.dispatchEvent(new CustomEvent(`printcloud-${type}`, { bubbles: true, composed: true, detail: data }))
    }
  })
}
