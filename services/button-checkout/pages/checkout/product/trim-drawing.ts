import type { ShopOffer } from '#contracts/checkout/shop.ts'
import { h } from '#look/h.ts'

type Props = {
  readonly product: ShopOffer['product']
  /** Of the largest product beside it; absent where it stands alone. */
  readonly longestMm?: number
}

const side = 56
const leastShare = 0.32

/** A product's shape, in true proportion to the others of the list; a very small one stays large enough to be seen. */
export function TrimDrawing({ product, longestMm }: Props) {
  const longest = Math.max(product.trim_width_mm, product.trim_height_mm)
  const scale = (side / longest) * Math.max(leastShare, longest / (longestMm ?? longest))
  const [width, height] = [product.trim_width_mm * scale, product.trim_height_mm * scale]
  const [x, y] = [(side - width) / 2, (side - height) / 2]
  const spine = product.binding ? h('path', { d: `M${x + Math.max(2, width * 0.08)} ${y}v${height}` }) : undefined
  return h(
    'svg',
    {
      class: 'trim-drawing',
      viewBox: `-4 -4 ${side + 8} ${side + 8}`,
      width: side,
      height: side,
      'aria-hidden': 'true',
    },
    h('path', { class: 'marks', d: marks(x, y, width, height) }),
    h('rect', { x, y, width, height }),
    spine,
  )
}

/** Crop marks at the four corners. */
const marks = (x: number, y: number, width: number, height: number): string =>
  [
    ...[x, x + width].flatMap((at) => [`M${at} ${y - 4}v2.5`, `M${at} ${y + height + 1.5}v2.5`]),
    ...[y, y + height].flatMap((at) => [`M${x - 4} ${at}h2.5`, `M${x + width + 1.5} ${at}h2.5`]),
  ].join('')
