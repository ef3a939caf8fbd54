import type { Box } from './box.ts'

/** The box made smaller by `byMm` on every side. */
export function inset(box: Box, byMm: number): Box {
  return {
    xMm: box.xMm + byMm,
    yMm: box.yMm + byMm,
    widthMm: box.widthMm - 2 * byMm,
    heightMm: box.heightMm - 2 * byMm,
  }
}

export const millimetresPerInch = 25.4

/** Millimetres to PDF points (1/72 inch). */
export const pointsOf = (millimetres: number): number => (millimetres / millimetresPerInch) * 72
