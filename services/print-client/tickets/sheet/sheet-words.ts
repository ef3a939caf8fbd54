import { millimetresPerInch } from '#contracts/geometry/lengths.ts'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { shownPostalCode } from '#contracts/postal-codes.ts'
import { type JobPart, spineMmOf } from '../parts.ts'
import type { PageSizeName } from './page-size.ts'

export type Fact = readonly [name: string, value: string]

const bindings: Readonly<Record<string, string>> = {
  perfect: 'Perfect bound',
  casewrap: 'Hardcover, printed case',
  saddle_stitch: 'Saddle stitched',
  layflat: 'Layflat, hardcover',
  wire_o: 'Wire-o, at the head',
}

/** What people at the machines look for first. */
export function mainFacts(ticket: JobTicket, size: PageSizeName): readonly Fact[] {
  const { product, options, shippingMethod, dueAt } = ticket
  const spineMm = spineMmOf(ticket)
  return [
    ['Finished size', lengths([product.trimWidthMm, product.trimHeightMm], size)],
    ['Pages', pagesOf(ticket)],
    ...(product.binding === undefined ? [] : [fact('Binding', bindings[product.binding] ?? product.binding)]),
    ...(spineMm === undefined ? [] : [fact('Spine', lengths([spineMm], size))]),
    ...Object.entries(options).map(([name, value]) => fact(capital(name.replaceAll('_', ' ')), capital(value))),
    ['Ship by', capital(shippingMethod)],
    ...(dueAt === undefined ? [] : [fact('Leave by', moment(dueAt))]),
  ]
}

/** Numbers that one looks up. */
export const numberFacts = (ticket: JobTicket): readonly Fact[] => [
  ['Job', ticket.jobId],
  ['Order', ticket.orderId],
  ...(ticket.reference === undefined ? [] : [fact('Reference', ticket.reference)]),
  ['Item', ticket.itemId],
  ['Product', ticket.product.sku],
  ['Issued', moment(ticket.issuedAt)],
]

export function partFacts(
  { file, paper, bleedMm, isTwoSided }: JobPart,
  size: PageSizeName,
  isCanvas: boolean,
): readonly Fact[] {
  const caliper = paper?.caliperMicrometres === undefined ? '' : `, ${paper.caliperMicrometres} µm`
  return [
    ['Paper', paper === undefined ? 'as the product is made' : `${paper.words}${caliper}`],
    ['Sheet', lengths([file.sheetWidthMm, file.sheetHeightMm], size)],
    ['Trim', lengths([file.trimBox.widthMm, file.trimBox.heightMm], size)],
    [isCanvas ? 'Wrap' : 'Bleed', lengths([bleedMm], size)],
    ['Print', `${counted(file.pages, 'page')}, ${isTwoSided ? 'two sides' : 'one side'}`],
  ]
}

export function addressLines({ shipTo }: JobTicket): readonly string[] {
  const { line1, line2 = '', postal_code, city, state = '', country } = shipTo.address
  const town = [shownPostalCode(postal_code), city, state].filter(Boolean).join(' ')
  return [line1, line2, town].filter(Boolean).concat(countryName(country))
}

const countryName = (code: string): string =>
  (new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code).toUpperCase()

const fact = (name: string, value: string): Fact => [name, value]
const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** Leaves of what is printed on one side only are told as leaves. */
const pagesOf = ({ product }: JobTicket): string =>
  product.binding === 'wire_o' ? counted(product.pages, 'leaf').replace('leafs', 'leaves') : String(product.pages)

/** Millimetres; on a sheet for America inches before them. */
export function lengths(millimetres: readonly number[], size: PageSizeName): string {
  const of = (values: readonly number[], digits: number): string =>
    values.map((value) => String(Number(value.toFixed(digits)))).join(' × ')
  const metric = `${of(millimetres, 2)} mm`
  if (size === 'a4') return metric
  return `${of(
    millimetres.map((value) => value / millimetresPerInch),
    3,
  )} in (${of(millimetres, 1)} mm)`
}

/** By the clock of everybody: the shop's own zone is not known here. */
const moment = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
