import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import type { Words } from '../../words/en.ts'

type Props = { readonly value: number; readonly words: Words; readonly onChange: (value: number) => void }

/** As in the contract, without its library: contracts/checkout/cart.ts, held equal by a test. */
export const mostOfOne = 1000

/** How many copies: typed, or one by one. */
export function Quantity({ value, words, onChange }: Props) {
  const put = (wanted: number) => onChange(Math.max(1, Math.min(mostOfOne, Math.round(wanted) || 1)))
  return h(
    'div',
    { class: 'quantity field' },
    h('label', { for: 'quantity' }, words.copies),
    h(
      'div',
      { class: 'counter' },
      h(Button, { kind: 'sign', label: words.oneLess, isDisabled: value <= 1, onClick: () => put(value - 1) }, '−'),
      h('input', {
        ...{ id: 'quantity', name: 'quantity', inputMode: 'numeric', autocomplete: 'off', maxLength: 4 },
        value: String(value),
        onChange: (event: { readonly currentTarget: { value: string } }) => {
          put(Number(event.currentTarget.value))
          event.currentTarget.value = String(Math.max(1, Math.min(mostOfOne, Number(event.currentTarget.value) || 1)))
        },
      }),
      h(
        Button,
        { kind: 'sign', label: words.oneMore, isDisabled: value >= mostOfOne, onClick: () => put(value + 1) },
        '+',
      ),
    ),
  )
}
