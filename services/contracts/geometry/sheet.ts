import type { Product } from '../catalogue/product.ts'
import { type Box, inset, millimetresPerInch } from './box.ts'
import type { Component, ComponentName, Panel, Pixels } from './component.ts'

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
    readonly panels?: (trimBox: Box) => readonly Panel[]
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
    safeBox: inset(trimBox, product.safetyMm),
    panels: shape.panels?.(trimBox) ?? [],
    minimumPixels: pixelsAt(product.resolution.minimumDpi),
    goodPixels: pixelsAt(product.resolution.goodDpi),
  }
}
