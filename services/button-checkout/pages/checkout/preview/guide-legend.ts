import { type ComponentChildren, h } from '#look/h.ts'
import type { Words } from '../../words/en.ts'

/** What the lines on a sheet mean. `isFolded`: what lies outside goes around the edge instead of being cut off. */
export const GuideLegend = ({ words, isFolded }: { readonly words: Words; readonly isFolded: boolean }) =>
  h(
    'div',
    { class: 'guide-legend' },
    !isFolded && h('span', {}, sample(h('path', { d: 'M0 6h24' })), words.guideTrim),
    h('span', {}, sample(h('path', { class: 'safe', d: 'M0 6h24' })), words.guideSafe),
    h('span', {}, sample(h('rect', { width: 24, height: 12 })), isFolded ? words.guideWrap : words.guideBleed),
  )

const sample = (drawn: ComponentChildren) => h('svg', { viewBox: '0 0 24 12', 'aria-hidden': 'true' }, drawn)
