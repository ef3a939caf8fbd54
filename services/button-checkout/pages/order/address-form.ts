import { useState } from 'preact/hooks'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import { hasPostalCodes, needsPostalCode, noPostalCode, shownPostalCode } from '#contracts/postal-codes.ts'
import { Button } from '#look/button.ts'
import { Field } from '#look/field.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { OrderWords } from '../words/order/en.ts'
import type { Acting } from './acting.ts'
import type { OrderPageData } from './page-data.ts'

const names = ['name', 'line1', 'line2', 'postal_code', 'city', 'state', 'phone'] as const
type Name = (typeof names)[number]
type Draft = { readonly [key in Name]: string }

type About = { readonly label: keyof OrderWords; readonly autocomplete: string; readonly maxLength: number }
const about: { readonly [key in Name]: About } = {
  name: { label: 'name', autocomplete: 'shipping name', maxLength: 100 },
  line1: { label: 'line1', autocomplete: 'shipping address-line1', maxLength: 100 },
  line2: { label: 'line2', autocomplete: 'shipping address-line2', maxLength: 100 },
  postal_code: { label: 'postalCode', autocomplete: 'shipping postal-code', maxLength: 20 },
  city: { label: 'city', autocomplete: 'shipping address-level2', maxLength: 80 },
  state: { label: 'state', autocomplete: 'shipping address-level1', maxLength: 40 },
  phone: { label: 'phone', autocomplete: 'shipping tel', maxLength: 40 },
}

type Props = OrderPageData & { readonly acting: Acting; readonly close: () => void }

/** Another address in the same country. In the US the state stays too: tax was paid for it. */
export function AddressForm({ view, words, country, acting, close }: Props) {
  const [draft, setDraft] = useState(() => draftOf(view.recipient))
  const [missing, setMissing] = useState<readonly string[]>([])
  const before = view.recipient.address
  const mayBeEmpty: readonly Name[] = ['line2', 'phone', ...codeWhereNeedless(before.country)]
  const isShown = {
    state: before.state !== undefined && before.country !== 'US',
    postal_code: hasPostalCodes(before.country),
  }
  const shown = names.filter((name) => (name === 'state' || name === 'postal_code' ? isShown[name] : true))
  const send = (event: Event): void => {
    event.preventDefault()
    const empty = shown.filter((name) => !mayBeEmpty.includes(name) && draft[name].trim() === '')
    setMissing(empty)
    if (empty.length === 0) acting.changeRecipient(recipientOf(draft, before), close)
  }
  return h(
    'form',
    { class: 'order-form', onSubmit: send, noValidate: true },
    h('p', { class: 'quiet' }, filled(words.sameCountry, { country })),
    shown.map((name) =>
      h(Field, {
        key: name,
        id: name,
        label: words[about[name].label],
        value: draft[name],
        autocomplete: about[name].autocomplete,
        maxLength: about[name].maxLength,
        onInput: (value) => setDraft((last) => ({ ...last, [name]: value })),
        error: missing.includes(name) || acting.faults.includes(name) ? words.fieldFault : undefined,
        ...(mayBeEmpty.includes(name) ? { optional: words.optional } : {}),
        ...(name === 'phone' ? { type: 'tel', inputmode: 'tel' } : {}),
      }),
    ),
    h(
      'p',
      { class: 'order-buttons' },
      h(Button, { type: 'submit', isBusy: acting.isBusy }, words.saveAddress),
      h(Button, { kind: 'quiet', onClick: close }, words.keepAddress),
    ),
  )
}

const codeWhereNeedless = (country: string): readonly Name[] => (needsPostalCode(country) ? [] : ['postal_code'])

const draftOf = ({ name, phone = '', address }: Recipient): Draft => ({
  ...{ name, phone, line1: address.line1, line2: address.line2 ?? '' },
  ...{ postal_code: shownPostalCode(address.postal_code), city: address.city, state: address.state ?? '' },
})

function recipientOf(draft: Draft, before: Recipient['address']): Omit<Recipient, 'email'> {
  const said = (name: 'line2' | 'phone' | 'state') => (draft[name].trim() === '' ? {} : { [name]: draft[name].trim() })
  return {
    name: draft.name.trim(),
    ...said('phone'),
    address: {
      line1: draft.line1.trim(),
      ...said('line2'),
      city: draft.city.trim(),
      postal_code: draft.postal_code.trim() || (needsPostalCode(before.country) ? '' : noPostalCode),
      ...said('state'),
      country: before.country,
    },
  }
}
