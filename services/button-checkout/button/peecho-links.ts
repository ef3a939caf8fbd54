import { factsOf } from './facts.ts'
import { checkoutAddress } from './open-checkout.ts'
import { paints, watch } from './watch.ts'
import { names, wishOf } from './wish.ts'

/**
 * Takes over links as Peecho had them put into pages, also those that come or change later: they keep their place, their looks and their words,
 * lead to the checkout and say the price. One that stands for nothing of ours is left alone.
 */
export function takeOverLinks(): void {
  const takeOver = (link: HTMLAnchorElement) => {
    const wish = wishOf(link)
    if (!wish.publication && !wish.account) return
    link.href = checkoutAddress(wish)
    if (paints.has(link)) return
    link.target = '_blank'
    const price = link.appendChild(document.createElement('span'))
    price.className = 'print-price'
    paints.set(link, (publication) => {
      const [, , note] = factsOf(publication, wish)
      price.textContent = note && ` ${note}`
    })
    if (!link.hasAttribute('data-noprice')) watch(link)
  }
  const all = () => document.querySelectorAll<HTMLAnchorElement>('a.peecho-print-button').forEach(takeOver)
  const attributeFilter = names.map((name) => `data-${name}`)
  new MutationObserver(all).observe(document, { childList: true, subtree: true, attributeFilter })
  all()
}
