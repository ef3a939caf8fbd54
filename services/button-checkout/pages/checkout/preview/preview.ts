import { useState } from 'preact/hooks'
import type { ProofFit } from '#contracts/published/proof-document.ts'
import { h } from '#look/h.ts'
import { Picture, pictureUrl } from '#look/picture.ts'
import { Cropper } from '../crop/cropper.ts'
import type { Ground } from '../crop/placing.ts'
import type { PageData } from '../page-data.ts'
import { TrimDrawing } from '../product/trim-drawing.ts'
import type { CheckoutActions } from '../state/checkout-actions.ts'
import type { CheckoutState } from '../state/checkout-state.ts'
import { DocumentPreview } from './document-preview.ts'
import { Findings } from './findings.ts'
import { groundOf } from './ground-of.ts'
import type { Mark } from './page-sheet.ts'
import { pagesOfView, viewsOf } from './spreads.ts'

export type PreviewProps = {
  readonly data: PageData
  readonly state: CheckoutState
  readonly actions: CheckoutActions
}

/** What will be printed: pages to leaf through, a picture to be placed, or at least the picture that stands for it. */
export function Preview(props: PreviewProps) {
  const { data, state } = props
  const { proof } = data.shop
  const offer = data.shop.offers.find((each) => each.offer === state.draft.cart.offer)
  const ground = groundOf(data, state.draft.cart)
  const [at, goAt] = useState({ offer: 0, place: 0 })
  const chosen = state.draft.cart.offer
  // Another product begins at its cover again.
  const place = at.offer === chosen ? at.place : 0
  const goTo = (next: number) => goAt({ offer: chosen, place: next })
  const [hasGuides, showGuides] = useState(false)
  const geometry = data.geometries[state.draft.cart.offer]
  const views = proof && !ground ? viewsOf(proof.shown, geometry) : []
  const placeOf = (page: number) => views.findIndex((view) => pagesOfView(view).includes(page))
  const { words, locale, shop } = data
  return h(
    'section',
    { class: 'preview', 'aria-label': words.preview },
    ground && proof
      ? h(PicturePreview, { ...props, ground })
      : proof && views.length > 0
        ? h(DocumentPreview, {
            ...{ proof, geometry, title: shop.publication.title, cdnUrl: shop.cdnUrl, locale, words },
            ...{ place, onPlace: goTo, hasGuides, onGuides: showGuides, marks: marksOf(offer?.fit) },
          })
        : h(NoProof, props),
    offer?.fit &&
      h(Findings, {
        ...{ fit: ground ? withoutOwn(offer.fit) : offer.fit, words, locale },
        canShow: (page) => placeOf(page) >= 0,
        onShow: (page) => goTo(placeOf(page)),
      }),
  )
}

/** Where on its page each warning is. */
const marksOf = (fit: ProofFit | undefined): readonly Mark[] =>
  (fit?.findings ?? []).flatMap(({ page, where, severity, printed_on }) =>
    page && where && severity !== 'fixed' && printed_on?.component !== 'cover' ? [{ page, where }] : [],
  )

/** What the live figures below the picture already say, for how it lies there now. */
const ownCodes = ['RESOLUTION_LOW', 'RESOLUTION_TOO_LOW', 'CROPPED_MORE_THAN', 'ASPECT_MISMATCH']

function withoutOwn<F extends { readonly findings: readonly { readonly code: string }[] }>(fit: F): F {
  return { ...fit, findings: fit.findings.filter(({ code }) => !ownCodes.includes(code)) }
}

function PicturePreview({ data, state, actions, ground }: PreviewProps & { readonly ground: Ground }) {
  const { shop, locale, words } = data
  const { cart, isSideways } = state.draft
  const offer = shop.offers.find((each) => each.offer === cart.offer)
  const shown = shop.proof?.shown[0]
  if (!offer || !shown) return null
  return h(Cropper, {
    ...{ ground, design: cart.design, isSideways, locale, words, resolution: offer.product.resolution },
    ...{ url: pictureUrl(shown.picture, shop.cdnUrl), colour: shown.picture.colour },
    onChange: (design, isSidewaysNow) => {
      actions.lookSideways(isSidewaysNow)
      actions.place(design)
    },
  })
}

/** Nobody has looked at the file yet, or it is not there yet. */
function NoProof({ data, state }: PreviewProps) {
  const { publication, cdnUrl } = data.shop
  const { words } = data
  const offer = data.shop.offers.find((each) => each.offer === state.draft.cart.offer)
  return h(
    'div',
    { class: 'no-proof' },
    !publication.thumbnail && offer && h(TrimDrawing, { product: offer.product }),
    publication.thumbnail &&
      h(Picture, {
        picture: publication.thumbnail,
        cdnUrl,
        alt: '',
        sizes: '(min-width: 60rem) 480px, 90vw',
        isLazy: false,
      }),
    h('p', { class: 'quiet' }, publication.file_comes_later ? words.fileComesLater : words.previewComes),
  )
}
