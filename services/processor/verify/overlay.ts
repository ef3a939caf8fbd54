import type { Box } from '#contracts/geometry/box.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'

/** One accent for what is cut, gray for what is only advice: readable on light and on dark pictures by a white casing. */
const accent = '#1d4e89'
const advice = '#5f6b7a'
const markLengthMm = 5

type Geometry = Pick<ComponentPlan, 'component' | 'sheetWidthMm' | 'sheetHeightMm' | 'trimBox' | 'safeBox' | 'panels'>

/**
 * An SVG in millimetres to lay over a preview: hatched bleed, trim with crop marks, dashed safe area, and the folds of a
 * cover with the names of its panels. With `picture` (a data address) it is a proof by itself.
 */
export function overlayOf(plan: Geometry, picture?: string): string {
  const { sheetWidthMm: width, sheetHeightMm: height, trimBox, safeBox, panels = [] } = plan
  const line = Math.max(0.25, Math.min(width, height) / 600)
  const safe = safeBox
    ? `<rect ${rectangle(safeBox, height)} ${stroke('#ffffff', 2.5 * line)} opacity="0.6"/><rect ${rectangle(safeBox, height)} ${stroke(advice, line)} stroke-dasharray="${text(3 * line)} ${text(2 * line)}"/>`
    : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${text(width)} ${text(height)}" role="img" aria-label="${plan.component}: trim, bleed and safe area">`,
    `<defs><pattern id="bleed" width="${4 * line}" height="${4 * line}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V${4 * line}" stroke="${accent}" stroke-width="${line}" opacity="0.55"/></pattern></defs>`,
    picture === undefined ? '' : `<image href="${picture}" width="${text(width)}" height="${text(height)}"/>`,
    `<path fill="url(#bleed)" fill-rule="evenodd" d="M0 0H${text(width)}V${text(height)}H0Z${outline(trimBox, height)}"/>`,
    `<rect ${rectangle(trimBox, height)} ${stroke('#ffffff', 3 * line)}/><rect ${rectangle(trimBox, height)} ${stroke(accent, line)}/>`,
    safe,
    folds(plan, line),
    ...panels.map(({ name, box }) => label(name, box, plan)),
    `<path d="${cropMarks(trimBox, plan)}" ${stroke('#ffffff', 3 * line)}/><path d="${cropMarks(trimBox, plan)}" ${stroke('#111111', line)}/>`,
    '</svg>',
  ]
    .filter(Boolean)
    .join('\n')
}

const text = (value: number): string => String(Number(value.toFixed(3)))
const stroke = (colour: string, width: number): string => `fill="none" stroke="${colour}" stroke-width="${text(width)}"`

/** SVG counts from the top. */
const rectangle = ({ xMm, yMm, widthMm, heightMm }: Box, sheetMm: number): string =>
  `x="${text(xMm)}" y="${text(sheetMm - yMm - heightMm)}" width="${text(widthMm)}" height="${text(heightMm)}"`

const outline = ({ xMm, yMm, widthMm, heightMm }: Box, sheetMm: number): string =>
  `M${text(xMm)} ${text(sheetMm - yMm - heightMm)}h${text(widthMm)}v${text(heightMm)}h${text(-widthMm)}Z`

/** Where two panels of a cover meet, or where a panel ends at a joint. */
function folds({ panels = [], sheetHeightMm }: Geometry, line: number): string {
  if (panels.length < 2) return ''
  const edges = panels.flatMap(({ box }) => [box.xMm, box.xMm + box.widthMm]).toSorted((one, other) => one - other)
  const inside = [...new Set(edges.slice(1, -1).map(text))]
  const path = inside.map((x) => `M${x} 0V${text(sheetHeightMm)}`).join('')
  return `<path d="${path}" ${stroke('#ffffff', 2.5 * line)}/><path d="${path}" ${stroke(accent, line)} stroke-dasharray="${4 * line} ${line} ${line} ${line}"/>`
}

function label(name: string, { xMm, yMm, widthMm, heightMm }: Box, { sheetWidthMm, sheetHeightMm: sheetMm }: Geometry) {
  const isNarrow = widthMm < 20
  const usual = Math.max(5, Math.min(sheetWidthMm, sheetMm) / 50)
  const size = isNarrow ? Math.min(usual, widthMm * 0.6) : usual
  if (size < 1.2) return ''
  // A spine is named at its head, where it has no words of its own.
  const [x, y] = [xMm + widthMm / 2, sheetMm - yMm - heightMm + (isNarrow ? 0.8 : 1.8 * usual)]
  const turn = isNarrow ? ` transform="rotate(90 ${text(x)} ${text(y)})"` : ''
  const at = `x="${text(x)}" y="${text(y)}"${turn} text-anchor="${isNarrow ? 'start' : 'middle'}" dominant-baseline="middle"`
  return `<text ${at} font-family="system-ui, sans-serif" font-size="${text(size)}" fill="${accent}" stroke="#ffffff" stroke-width="${text(size / 5)}" paint-order="stroke">${name}</text>`
}

/** Outside the trim, as far as there is room on the sheet. */
function cropMarks(trim: Box, { sheetWidthMm, sheetHeightMm }: Geometry): string {
  const [left, right] = [trim.xMm, trim.xMm + trim.widthMm]
  const [top, bottom] = [sheetHeightMm - trim.yMm - trim.heightMm, sheetHeightMm - trim.yMm]
  const mark = (from: number, to: number): number => Math.min(markLengthMm, Math.abs(to - from))
  return [left, right]
    .flatMap((x) => [top, bottom].map((y) => ({ x, y })))
    .map(({ x, y }) => {
      const across = x === left ? -mark(x, 0) : mark(x, sheetWidthMm)
      const up = y === top ? -mark(y, 0) : mark(y, sheetHeightMm)
      return `M${text(x)} ${text(y)}h${text(across)}M${text(x)} ${text(y)}v${text(up)}`
    })
    .join('')
}
