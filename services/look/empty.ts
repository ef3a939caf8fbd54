import { type ComponentChildren, h } from './h.ts'

type Props = { readonly title: string; readonly text: string; readonly children?: ComponentChildren }

/** Nothing to see: why, and what to do next. */
export const Empty = ({ title, text, children }: Props) =>
  h('div', { class: 'empty' }, h('h1', {}, title), h('p', {}, text), children)
