import { Button } from '#look/button.ts'
import { Field } from '#look/field.ts'
import { h } from '#look/h.ts'
import { Select } from '#look/select.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { type AddressField, fieldsOf } from './address-rules.ts'
import { statesOf } from './states.ts'

/** Mail and address: the fewest fields that a carrier needs, in the order in which people there write them. */
export function AddressStep(props: PreviewProps) {
  const { data, state, actions } = props
  const { words, countries } = data
  const country = countries.find(({ value }) => value === state.draft.country)?.text ?? state.draft.country
  return h(
    'form',
    {
      class: 'step-body',
      noValidate: true,
      onSubmit: (event: Event) => {
        event.preventDefault()
        if (state.step === 'address') actions.goToPay()
      },
    },
    h(
      'div',
      { class: 'fields' },
      fieldsOf(state.draft.country).map((field) =>
        h('div', { key: field.name, class: field.isHalf ? 'half' : 'whole' }, h(AddressInput, { ...props, field })),
      ),
    ),
    h(
      'p',
      { class: 'country-line' },
      h('span', { class: 'quiet' }, `${words.country} `),
      country,
      ' ',
      h('a', { href: '#country' }, words.change),
    ),
    state.step === 'address' &&
      h(Button, { kind: 'primary', type: 'submit', id: 'go-to-pay', isBusy: state.busy === 'pay' }, words.goToPay),
  )
}

function AddressInput({ data, state, actions, field }: PreviewProps & { readonly field: AddressField }) {
  const { words } = data
  const { name, label, isNeeded, hint } = field
  const value = state.draft.fields[name]
  const error = state.faults[name]
  const states = name === 'state' ? statesOf(state.draft.country) : undefined
  const choose = { id: name, label: words[label], value, error }
  if (states) {
    const options = [{ value: '', text: words.chooseState, isDisabled: true }, ...states]
    return h(Select, {
      ...choose,
      options,
      autocomplete: field.autocomplete,
      onChange: (next) => actions.type(name, next),
    })
  }
  return h(Field, {
    ...choose,
    ...{ autocomplete: field.autocomplete, maxLength: field.maxLength, type: field.type ?? 'text' },
    ...(field.inputmode ? { inputmode: field.inputmode } : {}),
    ...(hint ? { hint: words[hint] } : {}),
    ...(isNeeded ? {} : { optional: words.optional }),
    onInput: (next) => actions.type(name, next),
  })
}
