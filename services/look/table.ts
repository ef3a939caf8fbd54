import { type ComponentChildren, h } from './h.ts'

export type TableRow = {
  readonly key: string
  readonly cells: readonly ComponentChildren[]
  readonly kind?: 'sum' | 'quiet'
}

type Props = {
  readonly caption: string
  readonly isCaptionUnseen?: boolean
  readonly head?: readonly string[]
  readonly rows: readonly TableRow[]
}

/** Words on the left, figures on the right; the first cell is what the others belong to. */
export const Table = ({ caption, isCaptionUnseen = false, head, rows }: Props) =>
  h(
    'table',
    { class: 'table' },
    h('caption', { class: isCaptionUnseen ? 'unseen' : 'legend' }, caption),
    head &&
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((each) => h('th', { scope: 'col', key: each }, each)),
        ),
      ),
    h(
      'tbody',
      {},
      rows.map(({ key, cells, kind }) =>
        h(
          'tr',
          { key, class: kind },
          cells.map((cell, index) =>
            index === 0 ? h('th', { scope: 'row', key: index }, cell) : h('td', { key: index }, cell),
          ),
        ),
      ),
    ),
  )
