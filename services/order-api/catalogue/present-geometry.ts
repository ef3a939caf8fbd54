import type { Static } from 'typebox'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Box } from '#contracts/geometry/box.ts'
import type { Component } from '#contracts/geometry/component.ts'
import { geometryOf } from '#contracts/geometry/geometry.ts'
import { pointsOf } from '#contracts/geometry/lengths.ts'
import type { CatalogueGeometry } from '#contracts/order-api/catalogue.ts'

/** Millimetres to the ten-thousandth, points to the thousandth: finer than any trimmer, without digits of noise. */
const millimetres = (value: number): number => Math.round(value * 10_000) / 10_000
const points = (value: number): number => Math.round(pointsOf(value) * 1000) / 1000

/** The geometry of a product at a page count, as the API shows it. */
export function presentGeometry(
  product: Product,
  pages: number,
  facilityId?: string,
): Static<typeof CatalogueGeometry> {
  const geometry = geometryOf(product, pages)
  return {
    sku: product.sku,
    object: 'geometry',
    ...(facilityId === undefined ? {} : { facility_id: facilityId }),
    pages: geometry.pages,
    printed_pages: geometry.printedPages,
    blank_pages: geometry.printedPages - geometry.pages,
    trim_width_mm: product.trimWidthMm,
    trim_height_mm: product.trimHeightMm,
    bleed_mm: product.bleedMm,
    safety_mm: product.safetyMm,
    gutter_mm: geometry.gutterMm,
    ...(geometry.spine
      ? {
          spine: {
            width_mm: millimetres(geometry.spine.widthMm),
            formula: geometry.spine.formula,
            inputs: { ...geometry.spine.inputs },
            is_text_allowed: geometry.isSpineTextAllowed,
          },
        }
      : {}),
    components: geometry.components.map(presentComponent),
  }
}

function presentComponent(component: Component) {
  return {
    component: component.component,
    pages: component.pages,
    sheet_width_mm: millimetres(component.sheetWidthMm),
    sheet_height_mm: millimetres(component.sheetHeightMm),
    sheet_width_pt: points(component.sheetWidthMm),
    sheet_height_pt: points(component.sheetHeightMm),
    media_box: presentBox(component.bleedBox),
    bleed_box: presentBox(component.bleedBox),
    trim_box: presentBox(component.trimBox),
    safe_box: presentBox(component.safeBox),
    panels: component.panels.map(({ name, box }) => ({ name, box: presentBox(box) })),
    folds_mm: component.foldsMm.map(millimetres),
    minimum_pixels: { ...component.minimumPixels },
    good_pixels: { ...component.goodPixels },
  }
}

/** A box as the API shows it. */
export const presentBox = (box: Box) => ({
  x_mm: millimetres(box.xMm),
  y_mm: millimetres(box.yMm),
  width_mm: millimetres(box.widthMm),
  height_mm: millimetres(box.heightMm),
})
