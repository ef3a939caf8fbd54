import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Recipient } from '#contracts/order-api/recipient.ts'
import { shownPostalCode } from '#contracts/postal-codes.ts'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import type { Acting } from './acting.ts'
import { AddressForm } from './address-form.ts'
import type { OrderPageData } from './page-data.ts'

/** Where it goes, and while that is possible a form to send it elsewhere. */
export function AddressPart(data: OrderPageData & { readonly acting: Acting }) {
  const { view, words, country, acting } = data
  const [isOpen, setOpen] = useState(false)
  const part = useRef<HTMLElement>(null)
  // Before the form is seen: a focus that came later would take what is typed meanwhile into the field of the name.
  useLayoutEffect(() => {
    if (isOpen) part.current?.querySelector('input')?.focus()
  }, [isOpen])
  const isForm = isOpen && view.may_change_address
  return h(
    'section',
    { 'aria-labelledby': 'address', ref: part },
    h('h2', { id: 'address' }, words.address),
    isForm
      ? h(AddressForm, { ...data, close: () => setOpen(false) })
      : h(
          'address',
          {},
          linesOf(view.recipient, country).map((line, index) => h('span', { key: index }, h('bdi', {}, line))),
        ),
    !isForm &&
      view.may_change_address &&
      h(Button, { kind: 'quiet', id: 'change-address', onClick: () => setOpen(true) }, words.changeAddress),
    h('p', { class: 'quiet', role: 'status' }, acting.said),
  )
}

function linesOf({ name, address }: Recipient, country: string): readonly string[] {
  const { line1, line2, postal_code, city, state } = address
  const place = [shownPostalCode(postal_code), city, state].filter(Boolean).join(' ')
  return [name, line1, line2, place, country].flatMap((line) => (line ? [line] : []))
}
