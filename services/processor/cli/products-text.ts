import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'

/** What can be made: a table of at most 80 columns, or the catalogue as JSON. */
export function productsText(isJson: boolean): string {
  if (isJson) return `${JSON.stringify(catalogue, undefined, 2)}\n`
  const rows = catalogue.map((product) => [product.sku, sizeOf(product), pagesOf(product), rolesOf(product)] as const)
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return `${[line(['sku', 'trim mm', 'pages', 'files']), ...rows.map(line)].join('\n')}\n`
}

const sizeOf = ({ trimWidthMm, trimHeightMm }: Product): string => `${trimWidthMm} × ${trimHeightMm}`

function pagesOf(product: Product): string {
  const { minimum, maximum, multiple } = pageRangeOf(product)
  if (maximum === minimum) return String(maximum)
  return `${minimum}–${maximum}${multiple > 1 ? ` by ${multiple}` : ''}`
}

const rolesOf = ({ fileSets }: Product): string => [...new Set(fileSets.flat())].join(', ')
