import { h } from '#look/h.ts'
import { moneyText } from '#look/money-text.ts'
import { filled } from '#look/words.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { chosenMethod } from '../state/checkout-state.ts'

/** The price of what is chosen now, with shipping; its line is there before it, so that nothing moves. */
export function LivePrice({ data, state }: PreviewProps) {
  const { words, locale } = data
  const charges = chosenMethod(state)?.charges
  const price = charges && moneyText(charges.gross, charges.currency, locale)
  const said = state.priceFault ? words[state.priceFault] : price ? filled(words.priceIs, { price }) : words.priceComing
  return h(
    'p',
    { class: 'live-price', 'data-coming': state.isPricing ? 'true' : undefined },
    h('span', { 'aria-hidden': 'true' }, words.priceWithShipping),
    h('b', { 'aria-hidden': 'true', class: 'figures' }, state.priceFault ? '–' : (price ?? '…')),
    h('span', { class: 'unseen', role: 'status' }, said),
    state.priceFault && h('span', { class: 'fault', 'aria-hidden': 'true' }, words[state.priceFault]),
  )
}
