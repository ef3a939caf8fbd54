import { toSVG } from 'bwip-js/node'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'

export const sheetName = 'job-sheet.html'

/**
 * The page that travels with the job: what to make, where it goes, a Code 128 of the job and of each part.
 * HTML, because a browser prints every alphabet; it loads nothing and runs nothing. Pure.
 */
export function jobSheet(ticket: JobTicket): string {
  const { product, shipTo } = ticket
  const { address } = shipTo
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Job', ticket.jobId],
    ['Order', ticket.orderId],
    ['Reference', ticket.reference],
    ['Title', ticket.title],
    ['Product', `${product.title} (${product.sku})`],
    ['Trim', `${product.trimWidthMm} × ${product.trimHeightMm} mm, ${pagesOf(product.pages)}`],
    ['Binding', product.binding],
    ...Object.entries(product.paper).map(([part, paper]) => [`Paper, ${part}`, paper] as const),
    ...Object.entries(ticket.options),
    ['Ship by', ticket.shippingMethod],
  ]
  const town = [address.postal_code, address.city, address.state].filter(Boolean).join(' ')
  const label = [shipTo.name, address.line1, address.line2, town, address.country]
  return page(ticket, [
    `<h1>${ticket.quantity} × ${text(ticket.title ?? product.title)}</h1>`,
    ticket.isTest ? '<p class="test">TEST ORDER: do not print, do not ship</p>' : '',
    `<p>${barcode(ticket.barcode)}</p>`,
    `<table>${facts.map(row).join('')}</table>`,
    `<h2>Ship to</h2><p>${label.filter(Boolean).map(text).join('<br>')}</p>`,
    '<h2>Parts</h2>',
    ...ticket.files.map((file) => `<p>${text(file.file)}, ${pagesOf(file.pages)}${barcode(file.barcode)}</p>`),
  ])
}

function page(ticket: JobTicket, parts: readonly string[]): string {
  const style =
    'body{font:11pt/1.5 system-ui,sans-serif;margin:12mm;color:#111}h1{font-size:20pt;line-height:1.2}h2{font-size:13pt;margin-top:8mm}th{text-align:left;font-weight:600;padding-right:6mm}svg{display:block;max-width:100%;height:auto;max-height:18mm;margin-top:1mm}.test{font-weight:bold;border:.6mm solid;padding:3mm}'
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${text(ticket.jobId)}</title><style>${style}</style>\n${parts.filter((part) => part !== '').join('\n')}\n</html>\n`
}

const pagesOf = (count: number): string => (count === 1 ? '1 page' : `${count} pages`)

const row = ([name, value]: readonly [string, string | undefined]): string =>
  value === undefined ? '' : `<tr><th>${text(name)}</th><td>${text(value)}</td></tr>`

const barcode = (value: string): string => toSVG({ bcid: 'code128', text: value, height: 10, includetext: true })

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const text = (value: string | undefined): string =>
  (value ?? '').replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
