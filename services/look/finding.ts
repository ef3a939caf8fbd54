import { type ComponentChildren, h } from './h.ts'

type Props = {
  readonly severity: 'fixed' | 'warn' | 'reject'
  /** The meaning as a word, beside its colour and sign. */
  readonly word: string
  readonly id?: string
  readonly children?: ComponentChildren
}

/** One thing that was seen of a file, or that stands in the way. */
export const Finding = ({ severity, word, id, children }: Props) =>
  h(
    'div',
    { class: 'finding', 'data-severity': severity, id },
    h('span', { class: 'word' }, word),
    h('div', { class: 'said' }, children),
  )
