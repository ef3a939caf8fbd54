import type { Cart } from '#contracts/checkout/cart.ts'
import type { Ground, Wrap } from '../crop/placing.ts'
import type { PageData } from '../page-data.ts'

const wraps: readonly Wrap[] = ['image', 'mirror', 'black', 'white']

/** The sheet that a picture is placed on; undefined where pages are printed, or nobody knows the picture's size. */
export function groundOf({ shop, geometries }: Pick<PageData, 'shop' | 'geometries'>, cart: Cart): Ground | undefined {
  const { proof } = shop
  const sheet = geometries[cart.offer]?.components.find(({ component }) => component === 'sheet')
  if (proof?.kind !== 'picture' || !sheet || !proof.width_px || !proof.height_px) return undefined
  const product = shop.offers.find(({ offer }) => offer === cart.offer)?.product
  const wanted = cart.options.wrap ?? product?.options.wrap?.default ?? 'mirror'
  const wrap = product?.family === 'canvas' ? wraps.find((each) => each === wanted) : 'image'
  return { picture: { width: proof.width_px, height: proof.height_px }, sheet, wrap: wrap ?? 'mirror' }
}
