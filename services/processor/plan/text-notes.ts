import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import type { Sides } from '../inspect/facts.ts'
import { sheetOf } from './pdf-size.ts'
import type { LooseNote } from './plan-source.ts'
import { type Shown, textSpansMm, textToTrimMm } from './text-place.ts'
import { mm } from './words.ts'

/** The cut may be off by this much, and so may a fold (PRINT-FACTS §1, §3). */
const toleranceMm = 3.2
/** Below this, strokes fill up or break (PRINT-FACTS §1 asks for 7 pt; smaller print that is meant so starts here). */
const leastTypePt = 5

/** Where in its print file a page stands. */
export type TextPlace = {
  readonly component: Component
  readonly product: Product
  /** From 1. */
  readonly number: number
  readonly gutterMm: number
}

/** Text too near to the cut, to the binding or to a fold. In steps, so that pages gather. */
export function textNotes(shown: Shown, place: TextPlace): LooseNote[] {
  const { component } = place
  const distances = textToTrimMm(shown, component.trimBox, sheetOf(component))
  return [...cutNotes(distances, place), ...bindingNotes(distances, place), ...foldNotes(shown, place)]
}

const sides = ['left', 'bottom', 'right', 'top'] as const
type Side = (typeof sides)[number]

/** Pages of one side of a leaf, and those bound at their head, have no fold beside them. */
function boundSide({ component, product: { construction }, number }: TextPlace): Side | undefined {
  if (component.component !== 'interior' || construction.kind !== 'book') return undefined
  if (construction.binding === 'wire_o') return undefined
  return number % 2 === 1 ? 'left' : 'right'
}

function cutNotes(distances: Partial<Sides>, place: TextPlace): LooseNote[] {
  const wanted = safetyMmOf(place.component)
  const bound = boundSide(place)
  const near = sides.flatMap((side) => {
    const distanceMm = distances[side]
    return side === bound || distanceMm === undefined || distanceMm >= wanted[side] - roundingMm
      ? []
      : [{ distanceMm, wantedMm: wanted[side] }]
  })
  const nearest = near.toSorted((one, other) => one.distanceMm - other.distanceMm)[0]
  if (!nearest) return []
  const { distanceMm, wantedMm } = nearest
  return [
    {
      code: 'TEXT_NEAR_TRIM',
      found:
        distanceMm < 0
          ? 'text that reaches over the cut'
          : `text less than ${steps(distanceMm, wantedMm)} mm from the cut`,
      wanted: `at least ${mm(wantedMm)} mm`,
      action: 'Printed as it is. Move the text inwards if it must not be near the edge.',
    },
  ]
}

/** Facts are told in tenths. */
const roundingMm = 0.05
const steps = (distanceMm: number, wantedMm: number): string =>
  mm(distanceMm < toleranceMm ? Math.min(toleranceMm, wantedMm) : wantedMm)

const safetyMmOf = ({ trimBox: trim, safeBox: safe }: { readonly trimBox: Box; readonly safeBox: Box }): Sides => ({
  left: safe.xMm - trim.xMm,
  bottom: safe.yMm - trim.yMm,
  right: trim.xMm + trim.widthMm - safe.xMm - safe.widthMm,
  top: trim.yMm + trim.heightMm - safe.yMm - safe.heightMm,
})

/** Beside the fold a thick block hides its gutter, and the leaf bends there. */
function bindingNotes(distances: Partial<Sides>, place: TextPlace): LooseNote[] {
  const bound = boundSide(place)
  const distanceMm = bound && distances[bound]
  if (!bound || distanceMm === undefined) return []
  const wantedMm = Math.max(safetyMmOf(place.component)[bound], place.gutterMm > 0 ? place.gutterMm + toleranceMm : 0)
  if (distanceMm >= wantedMm - roundingMm) return []
  return [
    {
      code: 'TEXT_NEAR_TRIM',
      found: `text less than ${steps(distanceMm, wantedMm)} mm from the fold, on the side of the binding`,
      wanted: `at least ${mm(wantedMm)} mm${place.gutterMm > 0 ? ' with so many pages' : ''}`,
      action: 'Printed as it is. Widen the inner margin: what stands so deep in the fold is hard to read.',
    },
  ]
}

/** Of a cover or a card that came as one sheet: its lines are known by themselves. */
function foldNotes(shown: Shown, { component }: TextPlace): LooseNote[] {
  const spans = textSpansMm(shown, sheetOf(component))
  const isNear = component.foldsMm.some((fold) =>
    spans.some(
      ({ fromMm, toMm }) => fromMm < fold + toleranceMm - roundingMm && toMm > fold - toleranceMm + roundingMm,
    ),
  )
  if (!isNear) return []
  const isCover = component.component === 'cover'
  return [
    {
      code: 'TEXT_NEAR_TRIM',
      found: isCover ? 'text on or near an edge of the spine' : 'text on or near the fold',
      wanted: `at least ${mm(toleranceMm)} mm from every fold`,
      action: isCover
        ? 'Printed as it is. Make the words on the spine smaller, and keep those of front and back away from it.'
        : 'Printed as it is. Keep text away from the fold.',
    },
  ]
}

/** Type too small to be read. */
export function typeNotes({ page, scale }: Shown): LooseNote[] {
  if (page.smallestTypePt === undefined) return []
  const sizePt = page.smallestTypePt * scale
  // Tenths of a point are lost in rounding and in scaling.
  if (sizePt >= leastTypePt - 0.1) return []
  return [
    {
      code: 'TYPE_TOO_SMALL',
      found: `type of ${mm(sizePt)} pt`,
      wanted: `at least ${leastTypePt} pt, better 7 pt`,
      action: 'Printed as it is. Set it larger if people are to read it.',
    },
  ]
}
