import type { Construction, Product } from '../catalogue/product.ts'
import type { Box } from './box.ts'
import type { Component, Panel } from './component.ts'
import { sheetAround } from './sheet.ts'

type CoverRule = Extract<Construction, { kind: 'book' }>['cover']

/** The cover sheet of a bound book with this spine, or undefined where the interior's outer leaf is the cover. */
export function coverOf(product: Product, rule: CoverRule, spineMm: number): Component | undefined {
  switch (rule.kind) {
    case 'self':
      return undefined
    case 'wraparound':
      return coverSheet(product, product.bleedMm, { boardWidthMm: product.trimWidthMm, middleMm: spineMm, jointMm: 0 })
    case 'casewrap_margin':
      return coverSheet(product, rule.beyondTrimMm, {
        boardWidthMm: product.trimWidthMm,
        middleMm: spineMm,
        jointMm: 0,
        ...safetyOf(rule),
      })
    case 'casewrap':
      return coverSheet(product, rule.wrapMm + rule.edgeMm, {
        boardWidthMm: product.trimWidthMm + rule.boardWidthDeltaMm,
        boardHeightMm: product.trimHeightMm + rule.boardHeightDeltaMm,
        middleMm: spineMm,
        jointMm: rule.jointMm,
        ...safetyOf(rule),
      })
    default: {
      const never: never = rule
      return never
    }
  }
}

const safetyOf = ({ safetyMm }: { readonly safetyMm?: number }) => (safetyMm === undefined ? {} : { safetyMm })

type Boards = {
  readonly boardWidthMm: number
  readonly boardHeightMm?: number
  readonly middleMm: number
  readonly jointMm: number
  readonly safetyMm?: number
}

function coverSheet(product: Product, marginMm: number, boards: Boards): Component {
  const { boardWidthMm, middleMm, jointMm } = boards
  return sheetAround(product, {
    component: 'cover',
    pages: 1,
    trimWidthMm: 2 * boardWidthMm + 2 * jointMm + middleMm,
    trimHeightMm: boards.boardHeightMm ?? product.trimHeightMm,
    margins: { horizontalMm: marginMm, verticalMm: marginMm },
    ...safetyOf(boards),
    panels: (trim) => panelsOf(trim, boards),
    foldsMm: (trim) => foldsOf(trim, boards),
  })
}

function panelsOf(trim: Box, { boardWidthMm, middleMm, jointMm }: Boards): Panel[] {
  const upright = (xMm: number, widthMm: number): Box => ({ xMm, yMm: trim.yMm, widthMm, heightMm: trim.heightMm })
  const spineX = trim.xMm + boardWidthMm + jointMm
  return [
    { name: 'back', box: upright(trim.xMm, boardWidthMm) },
    { name: 'spine', box: upright(spineX, middleMm) },
    { name: 'front', box: upright(spineX + middleMm + jointMm, boardWidthMm) },
  ]
}

/** At both edges of the spine; a hinge folds beside its board as well. */
function foldsOf(trim: Box, { boardWidthMm, middleMm, jointMm }: Boards): number[] {
  const first = trim.xMm + boardWidthMm
  const folds = [first, first + jointMm, first + jointMm + middleMm, first + 2 * jointMm + middleMm]
  return jointMm > 0 ? folds : [first, first + middleMm]
}
