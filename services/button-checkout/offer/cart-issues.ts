import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Cart } from '#contracts/checkout/cart.ts'
import type { Design } from '#contracts/design.ts'
import { designIssues } from '#contracts/design-issues.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import type { Issue } from '#contracts/parse.ts'
import { isPricedByPages } from '#contracts/prices/priced-by-pages.ts'
import { contentPagesOf, fitOf } from './content-pages.ts'
import type { Wares } from './wares.ts'

/** What a visitor may say of a picture; how pages are laid out is the publisher's. */
const ofPictures: readonly string[] = ['rotate', 'fit', 'focus', 'crop', 'wrap']

/** Every fault of a cart that its schema cannot see. Pointers begin at `pointer`. */
export function cartIssues(wares: Wares, cart: Cart, pointer = '/cart'): readonly Issue[] {
  const offered = wares.sale.offers[cart.offer]
  const product = productOf(offered?.sku ?? '')
  if (!offered || !product) {
    const detail = `must be one of the ${wares.sale.offers.length} offers of this publication, counted from 0; found ${cart.offer}`
    return [{ pointer: `${pointer}/offer`, detail }]
  }
  return [
    ...fitIssues(wares, cart.offer, product, `${pointer}/offer`),
    ...optionIssues(cart.options, product, `${pointer}/options`),
    ...designFaults(wares, cart.design, product, `${pointer}/design`),
  ]
}

function fitIssues(wares: Wares, offer: number, product: Product, pointer: string): readonly Issue[] {
  if (fitOf(wares, offer)?.outcome === 'rejected') {
    return [{ pointer, detail: 'cannot be printed as this product; choose another offer' }]
  }
  if (!isPricedByPages(product)) return []
  const pages = contentPagesOf(wares, offer)
  const { maximum } = pageRangeOf(product)
  if (pages === undefined) {
    return [{ pointer, detail: 'has no price yet: nobody has counted the pages of the file; try again in a moment' }]
  }
  if (pages <= maximum) return []
  return [{ pointer, detail: `has at most ${maximum} pages; the file has ${pages}; choose another offer` }]
}

function optionIssues(options: Cart['options'], product: Product, pointer: string): readonly Issue[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const known = Object.hasOwn(product.options, name) ? product.options[name] : undefined
    if (!known) return [{ pointer: at, detail: `is no option of ${product.sku}; leave it out` }]
    if (known.values.includes(value)) return []
    return [{ pointer: at, detail: `must be one of ${known.values.join(', ')}; found ${JSON.stringify(value)}` }]
  })
}

function designFaults(
  { proof }: Wares,
  design: Design | undefined,
  product: Product,
  pointer: string,
): readonly Issue[] {
  if (!design) return []
  const isPicture = proof?.kind !== 'document' && product.fileSets.some((set) => set.includes('image'))
  if (!isPicture) return [{ pointer, detail: 'is for pictures; this is printed as it was made' }]
  const strangers = Object.keys(design).filter((name) => !ofPictures.includes(name))
  const unknown = strangers.map((name) => ({ pointer: `${pointer}/${name}`, detail: 'is not for visitors to say' }))
  if (unknown.length > 0) return unknown
  const found = designIssues(design, product, { roles: ['image'], images: 1 })
  return found.map((issue) => ({ ...issue, pointer: `${pointer}${issue.pointer}` }))
}
