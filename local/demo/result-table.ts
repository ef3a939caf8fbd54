import { relative } from 'node:path'
import type { Order, OrderItem } from '#contracts/order-api/order.ts'
import type { Result } from './result.ts'
import { shortName } from './standing.ts'

const heading = ['Order', 'Product', 'Pages', 'Maker', 'Check', 'Print', 'Ship'] as const
const rightAligned = new Set([2, 4, 5, 6])

/** The table at the end: a row an item (80 columns), its print files below it, and why anything failed. */
export function resultTable(results: readonly Result[]): string {
  const rows = results.flatMap((result) =>
    result.order.items.map((item) => ({ result, item, cells: cellsOf(result, item) })),
  )
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        rightAligned.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join(' ')
      .trimEnd()
  const body = rows.flatMap(({ result, item, cells }) => [
    line(cells),
    ...(result.printFiles[item.id] ?? []).map((path) => `  ${near(path)}`),
    ...reasonsOf(result.order, item).flatMap((reason) => wrapped(reason)),
  ])
  return [line(heading), ...body, '', 'Check, Print, Ship: seconds from order to release, to packed, to shipped.'].join(
    '\n',
  )
}

/** In plain words why an item failed: one line of what, one of why, one of what to do for each finding. */
export function reasonsOf(order: Order, item: OrderItem): string[] {
  const issues = order.issues.filter(({ item_id, severity }) => item_id === item.id && severity === 'reject')
  if (issues.length === 0) return item.status === 'failed' ? [`FAILED: ${item.failure ?? 'no reason was given'}`] : []
  return issues.flatMap(({ code, file, page, found, wanted, action }) => {
    const where = [file, page === undefined ? undefined : `page ${page}`]
      .filter((each) => each !== undefined)
      .join(', ')
    return [`FAILED${where === '' ? '' : ` in ${where}`}: ${code}`, `Found: ${found}. Wanted: ${wanted}.`, action]
  })
}

function cellsOf({ order, times }: Result, item: OrderItem): string[] {
  return [
    order.id,
    item.sku,
    item.pages === undefined ? '-' : String(item.pages),
    shortName(item.facility_id),
    seconds(times.preflight),
    seconds(times.production),
    seconds(times.shipping),
  ]
}

function seconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '-' : (milliseconds / 1000).toFixed(1)
}

/** Indented, and broken between words at 80 columns. */
function wrapped(text: string): string[] {
  const lines: string[] = []
  let line = ' '
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > 80 && line.trim() !== '') {
      lines.push(line)
      line = ' '
    }
    line += ` ${word}`
  }
  return [...lines, line]
}

function near(path: string): string {
  const shorter = relative(process.cwd(), path)
  return shorter.startsWith('..') ? path : shorter
}
