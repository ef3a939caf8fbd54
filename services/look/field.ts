import { h } from './h.ts'

type Props = {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly onLeave?: () => void
  readonly error?: string | undefined
  readonly hint?: string
  /** The word for "may stay empty"; absent: it is needed. */
  readonly optional?: string
  readonly type?: 'text' | 'email' | 'tel' | 'number'
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'numeric' | 'email' | 'tel'
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
}

/** One line of a form: label above, the fault below with how to mend it. */
export function Field(props: Props) {
  const { id, label, error, hint, optional, onInput, onLeave } = props
  const told = [error && `${id}-fault`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label, optional && h('span', { class: 'optional' }, ` (${optional})`)),
    h('input', {
      id,
      name: id,
      type: props.type ?? 'text',
      value: props.value,
      autocomplete: props.autocomplete,
      inputMode: props.inputmode,
      maxLength: props.maxLength,
      min: props.min,
      max: props.max,
      'aria-required': optional ? undefined : 'true',
      'aria-invalid': error ? 'true' : undefined,
      'aria-describedby': told || undefined,
      onInput: (event: { readonly currentTarget: { readonly value: string } }) => onInput(event.currentTarget.value),
      onBlur: onLeave,
    }),
    hint && h('span', { class: 'hint', id: `${id}-hint` }, hint),
    error && h('span', { class: 'fault', id: `${id}-fault` }, error),
  )
}
