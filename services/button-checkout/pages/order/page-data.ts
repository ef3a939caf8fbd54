import type { OrderView } from '#contracts/checkout/order-view.ts'
import type { OrderWords } from '../words/order/en.ts'

/** All that the order page begins with, the same on the server and in the browser. */
export type OrderPageData = {
  readonly view: OrderView
  readonly words: OrderWords
  readonly locale: string
  /** Where it goes, as people there call it: named on the server, as two ICUs do not name alike. */
  readonly country: string
  /** What was chosen of the product, in words. */
  readonly options: readonly string[]
  /** Of this page, without a slash at the end; everything that it asks for lies under it. */
  readonly path: string
  readonly cdnUrl: string
  /** Where questions go. */
  readonly email: string
  /** The page that opened the checkout is told that something was ordered, and nobody else. */
  readonly opener: Opener | undefined
}
export type Opener = {
  readonly origin: string
  readonly publication: string | undefined
  readonly reference: string | undefined
}
