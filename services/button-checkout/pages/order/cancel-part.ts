import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { filled } from '#look/words.ts'
import type { Acting } from './acting.ts'
import type { OrderPageData } from './page-data.ts'

/** Cancelling asks once, in words, and says what comes of it. */
export function CancelPart({ view, words, locale, acting }: OrderPageData & { readonly acting: Acting }) {
  const [isAsking, setAsking] = useState(false)
  const question = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (isAsking) question.current?.focus()
  }, [isAsking])
  if (view.may_cancel === 'no') return null
  if (!isAsking) return h(Button, { id: 'cancel', onClick: () => setAsking(true) }, words.cancelOrder)
  const asksFacility = view.may_cancel === 'asks_facility'
  const amount = moneyText(view.charges.gross, view.charges.currency, locale)
  return h(
    'div',
    { class: 'order-ask', role: 'group', tabIndex: -1, ref: question, 'aria-labelledby': 'cancel-question' },
    h('p', { id: 'cancel-question' }, asksFacility ? words.cancelAskFacility : filled(words.cancelAsk, { amount })),
    h(
      'p',
      { class: 'order-buttons' },
      h(
        Button,
        { isBusy: acting.isBusy, onClick: () => acting.cancel(() => setAsking(false)) },
        asksFacility ? words.cancelAskThem : words.cancelYes,
      ),
      h(Button, { kind: 'quiet', onClick: () => setAsking(false) }, words.cancelNo),
    ),
  )
}
