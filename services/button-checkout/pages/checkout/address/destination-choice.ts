import { h } from '#look/h.ts'
import { Select } from '#look/select.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { isPricedByState } from './address-rules.ts'
import { statesOf } from './states.ts'

/** Where it goes, as far as the price depends on it: asked first, and not again. */
export function DestinationChoice({ data, state, actions }: PreviewProps) {
  const { words, countries } = data
  const { country, fields } = state.draft
  const states = isPricedByState(country) ? statesOf(country) : undefined
  return h(
    'div',
    { class: 'destination' },
    h(Select, {
      ...{ id: 'country', label: words.sentTo, value: country, options: countries, error: state.faults.country },
      ...{ autocomplete: 'shipping country', onChange: actions.chooseCountry },
    }),
    states &&
      h(Select, {
        ...{ id: 'price-state', label: country === 'CA' ? words.province : words.state, value: fields.state },
        options: [{ value: '', text: words.chooseState, isDisabled: true }, ...states],
        onChange: (value) => actions.type('state', value),
      }),
  )
}
