import type { PublicationDocument, Theme } from '../../order-client/contract-types.ts'
import { factsOf } from './facts.ts'
import { checkoutAddress, openCheckout } from './open-checkout.ts'
import { readableOn } from './readable-on.ts'
import { cdn } from './site.ts'
import { dress } from './style.ts'
import { type Paint, paints, watch } from './watch.ts'
import { names, wishOf } from './wish.ts'

/** The element <print-button>: docs/embed.md says what its attributes mean. */
export class PrintButton extends HTMLElement {
  static observedAttributes = [...names, 'disabled', 'noprice', 'size']
  constructor() {
    super()
    paints.set(this, faceOf(this))
  }
  connectedCallback(): void {
    watch(this)
  }
  attributeChangedCallback(): void {
    watch(this)
  }
  get disabled(): boolean {
    return this.hasAttribute('disabled')
  }
  set disabled(is: boolean) {
    this.toggleAttribute('disabled', is)
  }
  override click(): void {
    this.shadowRoot?.querySelector('button')?.click()
  }
}

/** Builds what is seen of a button, once, in an open shadow root; gives what shows it as it is now. */
function faceOf(host: HTMLElement): Paint {
  const root = host.attachShadow({ mode: 'open', delegatesFocus: true })
  const button = part(root, 'button', 'button')
  const picture = part(button, 'img', 'thumbnail')
  const column = part(button, 'span', 'text')
  const slot = part(column, 'slot', 'own')
  const label = part(column, 'span', 'label')
  const title = part(column, 'span', 'title')
  const price = part(column, 'span', 'price')
  const has = (attribute: string) => host.hasAttribute(attribute)
  let shown: PublicationDocument | undefined

  const paint: Paint = (read = shown) => {
    const wish = wishOf(host)
    shown = read?.id === wish.publication ? read : undefined
    const [text, name, note, isClosed] = factsOf(shown, wish)
    const own = host.textContent?.trim()
    // A link is for browsers without scripts: within a button it would be a second thing to press.
    slot.hidden = !own || !!host.querySelector('a')
    label.textContent = slot.hidden ? own || text : ''
    title.textContent = name
    // Its line is there before it: what is above does not move.
    price.textContent = note || '\xa0'
    button.disabled = isClosed || has('disabled')
    const { theme = {}, thumbnail } = shown || {}
    price.hidden = !isClosed && (has('noprice') || theme.shows_price === false)
    picture.hidden = !has('thumbnail') && !theme.shows_thumbnail
    wear(button, host.getAttribute('size'), theme)
    const source = wish.thumbnail || thumbnail?.sources[0]?.path
    if (source) picture.src = new URL(source, cdn).href
  }
  picture.alt = ''
  button.type = 'button'
  button.onclick = ({ detail }) => {
    // The second click of a double one has 2.
    if (detail < 2) openCheckout(host, checkoutAddress(wishOf(host)))
  }
  slot.onslotchange = () => paint()
  dress(root)
  return paint
}

/** The page’s own custom properties win. Through the object model: a page that forbids inline styles allows it. */
function wear(button: HTMLElement, size: string | null, theme: Theme): void {
  const { accent = '#1f3f8f', radius_px = 6 } = theme
  button.className = `${theme.style} ${size || theme.size}`
  button.style.cssText = `--c:var(--printcloud-accent,${accent});--i:var(--printcloud-on-accent,${readableOn(accent)});--r:var(--printcloud-radius,${radius_px}px)`
}

function part<K extends 'button' | 'span' | 'img' | 'slot'>(
  parent: Node,
  tag: K,
  name: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.part.value = name
  return parent.appendChild(element)
}
