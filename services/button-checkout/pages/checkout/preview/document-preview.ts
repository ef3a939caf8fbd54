import { useRef } from 'preact/hooks'
import type { Geometry } from '#contracts/geometry/geometry.ts'
import type { ProofDocument } from '#contracts/published/proof-document.ts'
import { Button } from '#look/button.ts'
import { h } from '#look/h.ts'
import { lengthText } from '#look/lengths.ts'
import { filled } from '#look/words.ts'
import type { Words } from '../../words/en.ts'
import { CoverSheet } from './cover-sheet.ts'
import { GuideLegend } from './guide-legend.ts'
import { type Mark, PageSheet, type Sheet } from './page-sheet.ts'
import { pagesOfView, type View, viewsOf } from './spreads.ts'

type Props = {
  readonly proof: ProofDocument
  readonly geometry: Geometry | undefined
  readonly title: string
  readonly cdnUrl: string
  readonly locale: string
  readonly words: Words
  readonly place: number
  readonly onPlace: (place: number) => void
  readonly hasGuides: boolean
  readonly onGuides: (hasGuides: boolean) => void
  readonly marks: readonly Mark[]
}

/** The pages to be leafed through: by buttons, by the arrow keys on them, by a swipe. */
export function DocumentPreview(props: Props) {
  const { proof, geometry, words, place, onPlace, hasGuides, onGuides } = props
  const views = viewsOf(proof.shown, geometry)
  const at = Math.min(place, views.length - 1)
  const view = views[at]
  const swipe = useSwipe((by) => onPlace(Math.max(0, Math.min(views.length - 1, at + by))))
  if (!view) return null
  const turn = (by: number) => onPlace(Math.max(0, Math.min(views.length - 1, at + by)))
  const label = labelOf(view, props)
  return h(
    'div',
    { class: 'document-preview' },
    h('div', { class: 'stage', ...swipe }, h(ViewSheet, { ...props, view, label })),
    h(
      'div',
      { class: 'flipper', role: 'group', 'aria-label': words.preview, onKeyDown: onArrows(turn) },
      h(Button, { kind: 'sign', label: words.before, isDisabled: at === 0, onClick: () => turn(-1) }, '‹'),
      h('p', { class: 'where', role: 'status' }, label),
      h(Button, { kind: 'sign', label: words.after, isDisabled: at === views.length - 1, onClick: () => turn(1) }, '›'),
    ),
    h(
      'div',
      { class: 'tools' },
      h(Button, { isPressed: hasGuides, onClick: () => onGuides(!hasGuides) }, words.showGuides),
      hasGuides && h(GuideLegend, { words, isFolded: view.kind === 'cover' && isWrapped(geometry) }),
      isPartial(proof) && h('span', { class: 'quiet' }, words.pagesNotShown),
    ),
  )
}

/** Boards are wrapped by what lies around them; a soft cover is cut. */
const isWrapped = (geometry: Geometry | undefined): boolean =>
  (geometry?.components.find(({ component }) => component === 'cover')?.trimBox.xMm ?? 0) > mostBleedMm
const mostBleedMm = 6

const isPartial = ({ pages, shown }: ProofDocument): boolean => pages !== undefined && shown.length < pages

const onArrows = (turn: (by: number) => void) => (event: KeyboardEvent) => {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (by === undefined) return
  const isReversed = document.documentElement.dir === 'rtl'
  turn(isReversed ? -by : by)
}

/** A stroke across the pages turns them; the page itself still scrolls up and down. */
function useSwipe(turn: (by: number) => void) {
  const from = useRef<number>(undefined)
  return {
    onPointerDown: (event: PointerEvent) => {
      from.current = event.clientX
    },
    onPointerUp: (event: PointerEvent) => {
      const moved = event.clientX - (from.current ?? event.clientX)
      from.current = undefined
      if (Math.abs(moved) > 40) turn(moved < 0 ? 1 : -1)
    },
  }
}

function ViewSheet({
  view,
  label,
  proof,
  geometry,
  title,
  cdnUrl,
  hasGuides,
  marks,
}: Props & { view: View; label: string }) {
  const cover = geometry?.components.find(({ component }) => component === 'cover')
  const first = proof.shown.find(({ page }) => page === 1)
  if (view.kind === 'cover') return cover ? h(CoverSheet, { cover, first, title, cdnUrl, label, hasGuides }) : null
  const pages = view.kind === 'side' ? [view.page] : [view.left, view.right]
  return h(PageSheet, { sheet: sheetOf(geometry, proof), pages, cdnUrl, label, hasGuides, marks })
}

/** One page of the block or one side; where nobody knows the product's shape yet, the file's own. */
function sheetOf(geometry: Geometry | undefined, proof: ProofDocument): Sheet {
  const component = geometry?.components.find(({ component: name }) => name !== 'cover')
  // A folded card's sheet is two pages wide: its pages are looked at one by one.
  if (component?.panels.every(({ name }) => name !== 'front')) return component
  const { page_width_mm: widthMm = 210, page_height_mm: heightMm = 297 } = proof
  const box = { xMm: 3, yMm: 3, widthMm, heightMm }
  const safeBox = { xMm: 8, yMm: 8, widthMm: widthMm - 10, heightMm: heightMm - 10 }
  return { sheetWidthMm: widthMm + 6, sheetHeightMm: heightMm + 6, trimBox: box, safeBox }
}

function labelOf(view: View, { geometry, proof, words, locale }: Props): string {
  if (view.kind === 'cover') {
    const spine = lengthText(geometry?.spine?.widthMm ?? 0, locale)
    return filled(words.coverSketch, { spine })
  }
  const count = proof.pages ?? proof.shown.length
  const [from, to] = pagesOfView(view)
  if (view.kind === 'side') return filled(words.sideView, { page: from ?? 1, count })
  if (to === undefined) return filled(words.pageView, { page: from ?? 1, count })
  return filled(words.pagesView, { from: from ?? 1, to, count })
}
