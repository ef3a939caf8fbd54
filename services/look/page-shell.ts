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
    ribbon && h('p', { class: 'ribbon' }, ribbon),
    h(
      'div',
      { class: isNarrow ? 'page narrow' : 'page' },
      (seller !== undefined || head) &&
        h('header', { class: 'page-head' }, seller !== undefined && h('span', { class: 'seller' }, seller), head),
      h('main', {}, children),
      foot && h('footer', { class: 'page-foot' }, foot),
    ),
  )
