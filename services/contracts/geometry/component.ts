import type { Box } from './box.ts'

export const components = ['interior', 'cover', 'sheet'] as const
/** A print file of its own: the block, the cover, or the one sheet of a poster, card or canvas. */
export type ComponentName = (typeof components)[number]

/** A named part of a sheet, such as the front cover or the face of a canvas. */
export type Panel = { readonly name: 'back' | 'spine' | 'front' | 'face'; readonly box: Box }

/** The pixels an image needs to fill a page, bleed or wrap included. */
export type Pixels = { readonly width: number; readonly height: number }

/**
 * One print file's shape, in millimetres. MediaBox = BleedBox = the whole sheet; TrimBox = the finished size that the
 * customer sees: the cut page, the bound cover, the face of the canvas. What lies outside is cut off or folded behind.
 */
export type Component = {
  readonly component: ComponentName
  readonly pages: number
  readonly sheetWidthMm: number
  readonly sheetHeightMm: number
  readonly bleedBox: Box
  readonly trimBox: Box
  readonly safeBox: Box
  readonly panels: readonly Panel[]
  /** Where the sheet is folded, as distances from its left edge; every fold is upright. */
  readonly foldsMm: readonly number[]
  readonly minimumPixels: Pixels
  readonly goodPixels: Pixels
}
