import type { CheckoutStart } from '#contracts/checkout/start.ts'
import { defaults } from './site.ts'

/** What the page says of its button: attributes of these names, with `data-` before them in a link of Peecho's. */
export const names =
  'publication account src title thumbnail pages width height sku quantity currency country lang reference'.split(' ')

/** By those names, in the words of the checkout; `lang` is always there, and `origin`, which may be told of what is ordered. */
export type Wish = { readonly [name in keyof CheckoutStart]?: string } & { readonly lang: string }

/** What Peecho means in another way: its own numbers, countries by their names, the size of a picture (jpg, jpeg, png) in pixels. */
const odd = /^(publication (?!pub_)|country ...|(width|height) .+g$)/
/** What Intl takes of a language tag. */
const language = /^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2}|-\d{3})?/i

export function wishOf(element: Element): Wish {
  const wish: Record<string, string> & { lang: string } = {
    lang: '',
    ...Object.fromEntries(defaults),
    origin: location.origin,
  }
  const prefix = element.localName === 'a' ? 'data-' : ''
  const said = (name: string) => element.getAttribute(prefix + name) || ''
  for (const name of names) {
    const value = said(name)
    if (value && !odd.test(`${name} ${value} ${said('filetype')}`)) wish[name] = absolute(name, value)
  }
  const tag = said('locale') || wish.lang || element.closest('[lang]')?.getAttribute('lang') || navigator.language
  wish.lang = language.exec(tag.replace('_', '-'))?.[0] || 'en'
  return wish
}

/** An address as seen from the page; the rest, and what is none, as it is. */
function absolute(name: string, value: string): string {
  try {
    return /src|thumb/.test(name) ? new URL(value, document.baseURI).href : value
  } catch {
    return value
  }
}
