import { type ComponentChildren, h } from './h.ts'

type Props = {
  readonly seller?: string | undefined
  /** Beside the seller: steps, or nothing. */
  readonly head?: ComponentChildren
  /** Across the page: that it is only a test. */
  readonly ribbon?: string | undefined
  readonly foot?: ComponentChildren
  readonly isNarrow?: boolean
  readonly children?: ComponentChildren
}

/** What stands around every page of the checkout. */
export const PageShell = ({ seller, head, ribbon, foot, isNarrow = false, children }: Props) =>
  h(
    'div',
    {},
    (ribbon || seller !== undefined || head) &&
      h(
        'header',
        {},
        ribbon && h('p', { class: 'ribbon' }, ribbon),
        h(
          'div',
          { class: isNarrow ? 'page-head narrow' : 'page-head' },
          seller !== undefined && h('span', { class: 'seller' }, seller),
          head,
        ),
      ),
    h(
      'div',
      { class: isNarrow ? 'page narrow' : 'page' },
      h('main', {}, children),
      foot && h('footer', { class: 'page-foot' }, foot),
    ),
  )
