import type { Paint } from './paint.ts'
import { plain } from './plain.ts'

export type Column = {
  readonly title: string
  /** Numbers stand on the right. */
  readonly isNumber?: true
  /** Gets shorter when the line would be longer than 80 columns. */
  readonly isElastic?: true
}

const lineWidth = 79
const gap = '  '
const narrowest = 8

/** A table that fits 80 columns: quiet titles, numbers on the right, the elastic column shortened. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[], paint: Paint): string {
  const cells = rows.map((row) => row.map(plain))
  const widths = fitted(columns, cells)
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => placed(cell, widths[index] ?? 0, columns[index]?.isNumber ?? false))
      .join(gap)
      .trimEnd()
  const title = line(columns.map((column) => column.title))
  return [paint.quiet(title), ...cells.map(line)].map((each) => `${each}\n`).join('')
}

function fitted(columns: readonly Column[], cells: readonly (readonly string[])[]): number[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => (row[index] ?? '').length)),
  )
  const over = widths.reduce((sum, width) => sum + width, gap.length * (columns.length - 1)) - lineWidth
  const elastic = columns.findIndex(({ isElastic }) => isElastic)
  const wide = widths[elastic]
  if (over > 0 && wide !== undefined) widths[elastic] = Math.max(narrowest, wide - over)
  return widths
}

function placed(cell: string, width: number, isNumber: boolean): string {
  const text = cell.length > width ? `${cell.slice(0, Math.max(0, width - 1))}…` : cell
  return isNumber ? text.padStart(width) : text.padEnd(width)
}
