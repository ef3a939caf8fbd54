import { h } from '#look/h.ts'
import { Select } from '#look/select.ts'
import type { Words } from '../../words/en.ts'
import { named } from '../../words/named.ts'

type Props = {
  readonly name: string
  readonly values: readonly string[]
  readonly value: string | undefined
  readonly words: Words
  readonly onChange: (value: string) => void
}

const mostInSight = 4

/** One option of a product: few values side by side, many in a list. */
export function OptionChoice({ name, values, value, words, onChange }: Props) {
  const label = named(`option_${name}`, words)
  const options = values.map((each) => ({ value: each, text: named(`value_${each}`, words) }))
  if (values.length > mostInSight) {
    return h(Select, { id: `option-${name}`, label, value: value ?? '', options, onChange })
  }
  return h(
    'fieldset',
    { class: 'chips' },
    h('legend', { class: 'legend' }, label),
    options.map((each) =>
      h(
        'label',
        { key: each.value, class: 'chip' },
        h('input', {
          ...{ type: 'radio', name: `option-${name}`, value: each.value, checked: each.value === value },
          onChange: () => onChange(each.value),
        }),
        h('span', {}, each.text),
      ),
    ),
  )
}
