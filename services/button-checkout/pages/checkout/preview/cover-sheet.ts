import type { Component, Panel } from '#contracts/geometry/component.ts'
import type { ProofPage } from '#contracts/published/proof-document.ts'
import { h } from '#look/h.ts'
import { pictureUrl } from '#look/picture.ts'

type Props = {
  readonly cover: Component
  readonly first: ProofPage | undefined
  readonly title: string
  readonly cdnUrl: string
  readonly label: string
  readonly hasGuides: boolean
}

/** Back, spine and front on one sheet, to scale: the spine is as wide as this many pages make it. */
export function CoverSheet({ cover, first, title, cdnUrl, label, hasGuides }: Props) {
  const { sheetWidthMm: width, sheetHeightMm: height, trimBox, panels } = cover
  const front = panels.find(({ name }) => name === 'front')?.box ?? trimBox
  const ground = first?.picture.colour ?? '#d9d6cf'
  const inside = `M${trimBox.xMm} ${trimBox.yMm}h${trimBox.widthMm}v${trimBox.heightMm}h${-trimBox.widthMm}z`
  return h(
    'svg',
    { class: 'print-sheet cover', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    h('rect', { ...boxOf(hasGuides ? { xMm: 0, yMm: 0, widthMm: width, heightMm: height } : trimBox), fill: ground }),
    first &&
      h('image', { ...boxOf(front), href: pictureUrl(first.picture, cdnUrl), preserveAspectRatio: 'xMidYMid slice' }),
    h('rect', { ...boxOf(backAndSpine(panels, trimBox)), class: 'veil' }),
    h(SpineTitle, { panels, title }),
    cover.foldsMm.map((at, index) =>
      h('path', { class: 'fold', key: index, d: `M${at} ${trimBox.yMm}v${trimBox.heightMm}` }),
    ),
    hasGuides &&
      h(
        'g',
        { class: 'guides' },
        h('path', { class: 'off', 'fill-rule': 'evenodd', d: `M0 0h${width}v${height}H0z${inside}` }),
        h('path', { class: 'trim', d: inside }),
      ),
  )
}

const boxOf = ({ xMm, yMm, widthMm, heightMm }: Panel['box']) => ({ x: xMm, y: yMm, width: widthMm, height: heightMm })

/** Everything left of the front. */
function backAndSpine(panels: readonly Panel[], trim: Panel['box']): Panel['box'] {
  const front = panels.find(({ name }) => name === 'front')
  return front ? { ...trim, widthMm: front.box.xMm - trim.xMm } : trim
}

const leastForWordsMm = 6

function SpineTitle({ panels, title }: Pick<Props, 'title'> & { readonly panels: readonly Panel[] }) {
  const spine = panels.find(({ name }) => name === 'spine')?.box
  if (!spine || spine.widthMm < leastForWordsMm) return null
  const x = spine.xMm + spine.widthMm / 2
  const y = spine.yMm + spine.heightMm / 2
  return h(
    'text',
    {
      class: 'spine-title',
      ...{ x, y, 'text-anchor': 'middle', 'dominant-baseline': 'central', 'aria-hidden': 'true' },
      'font-size': Math.min(5, spine.widthMm * 0.5),
      transform: `rotate(90 ${x} ${y})`,
    },
    title.length > 48 ? `${title.slice(0, 47)}…` : title,
  )
}
