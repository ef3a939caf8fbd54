import type { ProofFit } from '#contracts/published/proof-document.ts'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../words/en.ts'
import { DestinationChoice } from '../address/destination-choice.ts'
import type { PreviewProps } from '../preview/preview.ts'
import { LivePrice } from './live-price.ts'
import { OfferCards } from './offer-cards.ts'
import { OptionChoice } from './option-choice.ts'
import { Quantity } from './quantity.ts'

/** What is printed, how many, and to which country: all that a price needs. */
export function ProductStep(props: PreviewProps) {
  const { data, state, actions } = props
  const { words } = data
  const offer = data.shop.offers.find((each) => each.offer === state.draft.cart.offer)
  return h(
    'div',
    { class: 'step-body' },
    h(OfferCards, props),
    h(BlankPages, { fit: offer?.fit, words }),
    offer &&
      Object.entries(offer.product.options).map(([name, { values }]) =>
        h(OptionChoice, {
          ...{ key: name, name, values, words, value: state.draft.cart.options[name] },
          onChange: (value) => actions.changeCart({ options: { ...state.draft.cart.options, [name]: value } }),
        }),
      ),
    h(Quantity, {
      value: state.draft.cart.quantity,
      words,
      onChange: (quantity) => actions.changeCart({ quantity }),
    }),
    h(DestinationChoice, props),
    h(LivePrice, props),
    state.step === 'print' &&
      h(
        Button,
        {
          kind: 'primary',
          id: 'go-to-address',
          isBusy: state.busy === 'address',
          isDisabled: offer === undefined || offer.closed !== undefined || state.priceFault !== undefined,
          onClick: actions.goToAddress,
        },
        words.goToAddress,
      ),
  )
}

/** Pages that a binding adds; they are printed, and nobody should wonder. */
function BlankPages({ fit, words }: { readonly fit: ProofFit | undefined; readonly words: Words }) {
  const { pages = 0, printed_pages = 0 } = fit ?? {}
  if (printed_pages <= pages) return null
  return h('p', { class: 'quiet' }, filled(words.blankPages, { count: printed_pages - pages, pages: printed_pages }))
}
