import type { CheckoutView } from '#contracts/checkout/checkout-view.ts'
import type { Shop } from '#contracts/checkout/shop.ts'
import type { Geometry } from '#contracts/geometry/geometry.ts'
import type { SelectOption } from '#look/select.ts'
import type { Words } from '../words/en.ts'

/** All that the page begins with, the same on the server and in the browser, so that it asks nobody. */
export type PageData = {
  readonly shop: Shop
  /** The checkout, once there is one. */
  readonly view: CheckoutView | undefined
  readonly locale: string
  readonly words: Words
  /** What each offer is cut from, by its place; of a file whose pages nobody counted yet, none. */
  readonly geometries: Readonly<Record<string, Geometry>>
  /** Named and sorted on the server: two ICUs do not sort alike. */
  readonly countries: readonly SelectOption[]
}
