import { type ComponentChildren, h } from './h.ts'

type Props = {
  readonly href: string
  readonly kind?: 'primary' | 'plain' | 'quiet'
  readonly children?: ComponentChildren
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export const ButtonLink = ({ href, kind = 'plain', children }: Props) =>
  h('a', { class: 'button', 'data-kind': kind, href }, children)
