import type { Product } from '../catalogue/product.ts'
import type { Box } from './box.ts'
import type { Component, ComponentName, Panel, Pixels } from './component.ts'
import { inset, millimetresPerInch } from './lengths.ts'

type Margins = { readonly horizontalMm: number; readonly verticalMm: number }

/** A component whose trim lies in the middle of its sheet. `margins` is what lies between trim and sheet on each side. */
export function sheetAround(
  product: Product,
  shape: {
    readonly component: ComponentName
    readonly pages: number
    readonly trimWidthMm: number
    readonly trimHeightMm: number
    readonly margins: Margins
    /** Inside the trim, where it differs from the product's. */
    readonly safetyMm?: number
    /** Kept free at the head of the page. */
    readonly headFreeMm?: number
    readonly panels?: (trimBox: Box) => readonly Panel[]
    readonly foldsMm?: (trimBox: Box) => readonly number[]
  },
): Component {
  const { margins } = shape
  const sheetWidthMm = shape.trimWidthMm + 2 * margins.horizontalMm
  const sheetHeightMm = shape.trimHeightMm + 2 * margins.verticalMm
  const trimBox: Box = {
    xMm: margins.horizontalMm,
    yMm: margins.verticalMm,
    widthMm: shape.trimWidthMm,
    heightMm: shape.trimHeightMm,
  }
  const pixelsAt = (dpi: number): Pixels => ({
    width: Math.ceil((sheetWidthMm / millimetresPerInch) * dpi),
    height: Math.ceil((sheetHeightMm / millimetresPerInch) * dpi),
  })
  return {
    component: shape.component,
    pages: shape.pages,
    sheetWidthMm,
    sheetHeightMm,
    bleedBox: { xMm: 0, yMm: 0, widthMm: sheetWidthMm, heightMm: sheetHeightMm },
    trimBox,
    safeBox: safeBoxOf(trimBox, shape.safetyMm ?? product.safetyMm, shape.headFreeMm ?? 0),
    panels: shape.panels?.(trimBox) ?? [],
    foldsMm: shape.foldsMm?.(trimBox) ?? [],
    minimumPixels: pixelsAt(product.resolution.minimumDpi),
    goodPixels: pixelsAt(product.resolution.goodDpi),
  }
}

function safeBoxOf(trimBox: Box, safetyMm: number, headFreeMm: number): Box {
  const safe = inset(trimBox, safetyMm)
  return { ...safe, heightMm: safe.heightMm - Math.max(0, headFreeMm - safetyMm) }
}
