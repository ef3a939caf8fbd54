import { productOf } from '#contracts/catalogue/catalogue.ts'
import { severityOf } from '#contracts/finding-codes.ts'
import type { ProductFit } from '#contracts/messages/preflight-result.ts'
import type { Checked } from '../job/check-files.ts'
import { findingsText } from './findings-text.ts'

const width = 80

/** What could be made of the files and why the rest could not, in 80 columns; a sign and words for each, so that nothing hangs on colour. */
export function fitText({ files, pages, products, findings }: Checked, hasColour: boolean): string {
  const fitting = products.filter(({ gravest }) => gravest !== 'reject')
  const others = products.filter(({ gravest }) => gravest === 'reject')
  const parts = [
    heading(files, pages),
    findings.length > 0 ? findingsText(findings, hasColour) : '',
    fitting.length > 0 ? table(ownSizeFirst(fitting, files), hasColour) : '',
    findings.length > 0 ? '' : reasons(others, hasColour),
    `${fitting.length} of ${products.length} products can be made of this.`,
    fitting.length > 0 ? 'With --sku you see all about one of them.' : '',
  ]
  return `${parts.filter((part) => part !== '').join('\n')}\n`
}

function heading(files: Checked['files'], pages: number | undefined): string {
  const [first] = files
  if (!first) return ''
  const { format, pageWidthMm, pageHeightMm, widthPx, heightPx } = first
  const count = files.length === 1 ? format.toUpperCase() : `${files.length} files`
  const size =
    pageWidthMm !== undefined ? `${pageWidthMm} × ${pageHeightMm} mm` : widthPx && `${widthPx} × ${heightPx} pixels`
  const counted = pages === undefined ? undefined : `${pages} ${pages === 1 ? 'page' : 'pages'}`
  return `${[count, counted, files.length === 1 ? size : undefined].filter(Boolean).join(' · ')}\n`
}

/** Whoever laid out a page in one size most often wants that one. */
function ownSizeFirst(fits: readonly ProductFit[], [first]: Checked['files']): readonly ProductFit[] {
  const isOwn = ({ sku }: ProductFit): boolean => {
    const product = productOf(sku)
    const { pageWidthMm = 0, pageHeightMm = 0 } = first ?? {}
    return product !== undefined && product.trimWidthMm === pageWidthMm && product.trimHeightMm === pageHeightMm
  }
  return [...fits.filter(isOwn), ...fits.filter((fit) => !isOwn(fit))]
}

const paint = (text: string, colour: number, hasColour: boolean): string =>
  hasColour ? `\u001b[${colour}m${text}\u001b[0m` : text

function table(fits: readonly ProductFit[], hasColour: boolean): string {
  const rows = fits.map(({ sku, gravest, codes, printedPages }) => {
    const product = productOf(sku)
    const trim = product ? `${product.trimWidthMm} × ${product.trimHeightMm}` : ''
    return { isWarned: gravest === 'warn', cells: [sku, trim, String(printedPages ?? '')] as const, codes }
  })
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map(({ cells }) => cells[column]?.length ?? 0), 7))
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  const head = `  ${line(['product', 'trim mm', 'printed'])}`.trimEnd()
  const body = rows.map(({ isWarned, cells, codes }) => {
    const sign = isWarned ? paint('!', 33, hasColour) : paint('✓', 32, hasColour)
    return `${sign} ${line(cells)}  ${isWarned ? warningsOf(codes) : ''}`.trimEnd()
  })
  return [head, ...body, ''].join('\n')
}

/** As many as the rest of a line takes; all of them are told with --sku. */
function warningsOf(codes: ProductFit['codes']): string {
  const [first = '', ...rest] = codes.filter((code) => severityOf(code) === 'warn')
  return rest.length > 0 ? `${first} and ${rest.length} more` : first
}

/** The products that do not fit, by why they do not. */
function reasons(fits: readonly ProductFit[], hasColour: boolean): string {
  const groups = Map.groupBy(fits, ({ codes }) => codes[0] ?? 'PROCESSING_FAILED')
  const lines = [...groups].flatMap(([code, group]) => [
    `${paint('✗', 31, hasColour)} ${code}`,
    ...listed(group.map(({ sku }) => sku)),
  ])
  return lines.length > 0 ? [...lines, ''].join('\n') : ''
}

function listed(skus: readonly string[]): string[] {
  const lines: string[] = []
  for (const sku of skus) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + sku.length + 2 <= width) lines[lines.length - 1] = `${last}, ${sku}`
    else lines.push(`  ${sku}`)
  }
  return lines
}
