import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { type JobPart, partsOf } from '../../tickets/parts.ts'
import { attribute, type IppAttribute } from './message.ts'
import type { PrinterFacts } from './printer.ts'

/** One job at the printer: a print file under the name by which it is found again. */
export type PrintPart = { readonly name: string; readonly file: string; readonly template: readonly IppAttribute[] }

/** Names of a job's parts at the printer: the job's own, and with its part where there are several. */
export const partNames = ({ jobId, files }: Pick<JobTicket, 'jobId' | 'files'>): readonly string[] =>
  files.length === 1 ? [jobId] : files.map(({ barcode }) => barcode)

export type PrintPlan = { readonly parts: readonly PrintPart[] } | { readonly refusal: string }

/** What a printer is asked for a job; a refusal where it says of itself that it cannot make it. Pure. */
export function printPlan(ticket: JobTicket, facts: PrinterFacts): PrintPlan {
  const refusal = refusalOf(ticket, facts)
  if (refusal !== undefined) return { refusal }
  const names = partNames(ticket)
  return {
    parts: partsOf(ticket).map((part, index) => ({
      name: names[index] ?? part.file.barcode,
      file: part.file.file,
      template: templateOf(ticket, part, facts),
    })),
  }
}

function refusalOf(ticket: JobTicket, { formats, mostCopies, sides }: PrinterFacts): string | undefined {
  const { quantity } = ticket
  if (formats.length > 0 && !formats.includes('application/pdf')) {
    return `the printer takes no PDF; it takes ${formats.slice(0, 5).join(', ')}`
  }
  if (quantity > 1 && mostCopies !== undefined && quantity > mostCopies) {
    return `the printer makes at most ${mostCopies} copies; ${quantity} are wanted`
  }
  const lacking = partsOf(ticket).find((part) => sides.length > 0 && !sides.includes(sidesOf(part)))
  return lacking && `the printer does not print ${sidesOf(lacking)}, which ${lacking.file.file} needs`
}

function templateOf(
  { quantity }: JobTicket,
  part: JobPart,
  { sides, jobAttributes }: PrinterFacts,
): readonly IppAttribute[] {
  const { sheetWidthMm, sheetHeightMm } = part.file
  return [
    ...(quantity > 1 ? [attribute('copies', 'integer', quantity)] : []),
    ...(sides.length > 0 ? [attribute('sides', 'keyword', sidesOf(part))] : []),
    ...(jobAttributes.includes('media-col') ? [mediaOf(sheetWidthMm, sheetHeightMm)] : []),
  ]
}

/** Leaves are turned like those of a book: over the upright edge, which is the short one of a broad sheet. */
function sidesOf({ isTwoSided, file }: JobPart): string {
  if (!isTwoSided) return 'one-sided'
  return file.sheetWidthMm > file.sheetHeightMm ? 'two-sided-short-edge' : 'two-sided-long-edge'
}

/** IPP measures media in hundredths of a millimetre. */
function mediaOf(widthMm: number, heightMm: number): IppAttribute {
  const size = [
    attribute('x-dimension', 'integer', Math.round(widthMm * 100)),
    attribute('y-dimension', 'integer', Math.round(heightMm * 100)),
  ]
  return attribute('media-col', 'collection', [attribute('media-size', 'collection', size)])
}
