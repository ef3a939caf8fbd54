import type { Box } from '#contracts/geometry/box.ts'
import type { ComponentPlan } from '../../plan/job-plan.ts'

type Sheet = Pick<ComponentPlan, 'sheetWidthMm' | 'sheetHeightMm' | 'trimBox' | 'safeBox' | 'panels'>

/** The lines of a sheet in millimetres, to be laid over a picture of its page: what is cut off is shaded. */
export function overlaySvg(sheet: Sheet, marks: readonly Box[] = []): string {
  const { sheetWidthMm: width, sheetHeightMm: height, trimBox, safeBox, panels = [] } = sheet
  const at = (box: Box): string =>
    `x="${round(box.xMm)}" y="${round(height - box.yMm - box.heightMm)}" width="${round(box.widthMm)}" height="${round(box.heightMm)}"`
  // A thousandth of the sheet is a line of one pixel on screens.
  const line = round(Math.max(width, height) / 600)
  const path = (box: Box): string => {
    const [x, y] = [round(box.xMm), round(height - box.yMm - box.heightMm)]
    return `M${x} ${y}h${round(box.widthMm)}v${round(box.heightMm)}h${-round(box.widthMm)}z`
  }
  const sheetBox: Box = { xMm: 0, yMm: 0, widthMm: width, heightMm: height }
  const solid = `fill="none" stroke-width="${line}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" role="img" aria-label="Trim, bleed and safe area">`,
    `<path d="${path(sheetBox)}${path(trimBox)}" fill="#c0362c" fill-opacity=".18" fill-rule="evenodd"/>`,
    ...panels.map(({ box }) => `<rect ${at(box)} ${solid} stroke="#1f4e8c" stroke-dasharray="${line * 2}"/>`),
    `<rect ${at(trimBox)} ${solid} stroke="#c0362c"/>`,
    ...(safeBox ? [`<rect ${at(safeBox)} ${solid} stroke="#1d7a46" stroke-dasharray="${line * 5} ${line * 3}"/>`] : []),
    ...marks.map(
      (box) => `<rect ${at(box)} fill="#8a5a00" fill-opacity=".2" stroke="#8a5a00" stroke-width="${line * 2}"/>`,
    ),
    '</svg>\n',
  ].join('')
}

const round = (millimetres: number): number => Math.round(millimetres * 1000) / 1000
