import { Button } from './button.ts'
import { h } from './h.ts'

type Props = {
  readonly text: string | undefined
  readonly action?: { readonly text: string; readonly onClick: () => void } | undefined
}

/** Something that went wrong and can be tried again. Its place is always there, so that screen readers hear what comes. */
export const Toast = ({ text, action }: Props) =>
  h(
    'div',
    { role: 'status' },
    text !== undefined &&
      h('div', { class: 'toast' }, h('span', {}, text), action && h(Button, { onClick: action.onClick }, action.text)),
  )
