import { h } from './h.ts'

export type SelectOption = { readonly value: string; readonly text: string; readonly isDisabled?: boolean }

type Props = {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly options: readonly SelectOption[]
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  readonly autocomplete?: string
}

/** A choice out of many, by the browser's own list. */
export function Select({ id, label, value, options, onChange, error, autocomplete }: Props) {
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    h(
      'select',
      {
        id,
        name: id,
        value,
        autocomplete,
        'aria-invalid': error ? 'true' : undefined,
        'aria-describedby': error ? `${id}-fault` : undefined,
        onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
          onChange(event.currentTarget.value),
      },
      options.map((each) =>
        h(
          'option',
          { key: each.value, value: each.value, selected: each.value === value, disabled: each.isDisabled },
          each.text,
        ),
      ),
    ),
    error && h('span', { class: 'fault', id: `${id}-fault` }, error),
  )
}
