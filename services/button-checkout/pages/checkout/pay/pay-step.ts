import { Button } from '#look/button.ts'
import { daysText } from '#look/dates.ts'
import { h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { RadioCards } from '#look/radio-cards.ts'
import { filled } from '#look/words.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { chosenMethod } from '../state/checkout-state.ts'
import { blocked } from './blocked.ts'
import { Totals } from './totals.ts'

/** How it is sent, what it costs to the last part, and one button that says what it does. */
export function PayStep(props: PreviewProps) {
  const { data, state, actions } = props
  const { words, locale, shop } = data
  const charges = chosenMethod(state)?.charges
  const why = blocked(data, state)
  const price = charges && moneyText(charges.gross, charges.currency, locale)
  const isPending = state.notice?.word === 'paymentPending' || state.notice?.word === 'paymentUncertain'
  return h(
    'div',
    { class: 'step-body' },
    h(ShippingChoice, props),
    h(Totals, props),
    why && h('p', { class: 'fault', id: 'why-not' }, words[why]),
    h(
      Button,
      {
        ...{ kind: 'primary', id: 'pay', isBusy: state.busy === 'paying' },
        isDisabled: price === undefined || why !== undefined || (isPending && state.view?.state === 'paying'),
        describedBy: why ? 'why-not' : 'what-next',
        onClick: actions.pay,
      },
      state.busy === 'paying' ? words.paying : filled(words.pay, { price: price ?? '…' }),
    ),
    h(
      'p',
      { class: 'quiet', id: 'what-next' },
      shop.publication.file_comes_later ? words.payNextLater : words.payNext,
      ' ',
      words.secure,
    ),
  )
}

function ShippingChoice({ data, state, actions }: PreviewProps) {
  const { words, locale } = data
  return h(RadioCards, {
    ...{ legend: words.shipping, name: 'shipping', value: chosenMethod(state)?.shipping_method },
    onChange: (value) => actions.chooseMethod(value === 'express' ? 'express' : 'standard'),
    cards: (state.price?.methods ?? []).map(({ shipping_method, charges, earliest, latest }) => ({
      value: shipping_method,
      title: words[`method_${shipping_method}`],
      lines: [filled(words.arrives, { days: daysText(earliest, latest, locale) })],
      aside: h('b', { class: 'figures' }, moneyText(shippingOf(charges), charges.currency, locale)),
    })),
  })
}

/** As the table says it: with tax where prices hold it. */
const shippingOf = ({
  shipping,
}: {
  readonly shipping: readonly { gross: number; net: number; tax: { kind: string } }[]
}): number => shipping.reduce((sum, { gross, net, tax }) => sum + (tax.kind === 'sales_tax' ? net : gross), 0)
