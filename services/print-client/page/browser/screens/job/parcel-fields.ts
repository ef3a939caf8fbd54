import { Button } from '#look/button.ts'
import { Field } from '#look/field.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../../words/en.ts'
import { knownCarriers } from './carriers.ts'
import type { ParcelDraft, ParcelFaults } from './parcels.ts'

type Props = {
  readonly parcel: ParcelDraft
  readonly place: number
  readonly isOnly: boolean
  readonly faults: ParcelFaults
  readonly words: Words
  readonly onChange: (parcel: ParcelDraft) => void
  readonly onRemove: () => void
}

export function ParcelFields({ parcel, place, isOnly, faults, words, onChange, onRemove }: Props) {
  const name = filled(words.parcelOf, { number: place + 1 })
  return h(
    'fieldset',
    { class: 'parcel' },
    h('legend', { class: 'legend' }, name),
    h(Field, {
      ...{ id: `carrier-${place}`, label: words.carrier, value: parcel.carrier, error: faults.carrier },
      ...{ maxLength: 60, autocomplete: 'off' },
      onInput: (carrier: string) => onChange({ ...parcel, carrier }),
    }),
    h(
      'div',
      { class: 'carriers' },
      knownCarriers().map((carrier) =>
        h(
          Button,
          { key: carrier, isPressed: parcel.carrier === carrier, onClick: () => onChange({ ...parcel, carrier }) },
          carrier,
        ),
      ),
    ),
    h(Field, {
      ...{ id: `number-${place}`, label: words.trackingNumber, value: parcel.number, error: faults.number },
      ...{ maxLength: 80, autocomplete: 'off' },
      onInput: (number: string) => onChange({ ...parcel, number }),
    }),
    h(Field, {
      ...{ id: `copies-${place}`, label: words.copiesInParcel, value: parcel.copies, error: faults.copies },
      ...{ inputmode: 'numeric' as const, maxLength: 6, autocomplete: 'off' },
      onInput: (copies: string) => onChange({ ...parcel, copies }),
    }),
    !isOnly && h(Button, { onClick: onRemove }, filled(words.removeParcel, { number: place + 1 })),
  )
}
