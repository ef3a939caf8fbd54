import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { findingsInReport, type PrintFile, type ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { FetchedSource } from '../fetch/fetch-sources.ts'
import type { Converted } from '../job/convert.ts'
import type { Output, PreviewFile, ProofFile } from '../sandbox/protocol.ts'
import { engineVersion, versions } from './engine-version.ts'
import type { ResultStore } from './result-store.ts'

export type Made = {
  readonly ticket: ProcessTicket
  readonly contentHash: string
  readonly fetched: readonly FetchedSource[]
  readonly converted: Converted
}

export const receiptName = 'receipt.json'
export const reportName = 'preflight-report.json'

type Ready = Extract<ProcessReport, { outcome: 'ready' }>

/**
 * Stores print files, previews and the preflight report, and the receipt last: where a receipt stands, everything does.
 * Storing the same result twice writes the same bytes under the same names.
 */
export async function publish(made: Made, store: ResultStore, at: Date): Promise<Ready> {
  const { ticket, converted } = made
  const { folder, outputs, previews, proofs } = converted
  const drawings = proofs.flatMap(({ overlay, proof }) => [overlay, ...(proof === undefined ? [] : [proof])])
  const [printFiles] = await Promise.all([
    Promise.all(outputs.map((output) => storePrintFile(converted, output, store))),
    Promise.all(previews.map(({ file }) => store.putFile(file, join(folder, file), 'image/jpeg'))),
    Promise.all(drawings.map((file) => store.putFile(file, join(folder, file), 'image/svg+xml'))),
    store.putJson(reportName, preflightReport(made)),
  ])
  const report: Ready = {
    type: 'process_report',
    ticketId: ticket.ticketId,
    orderId: ticket.orderId,
    itemId: ticket.itemId,
    at: at.toISOString(),
    outcome: 'ready',
    pages: converted.pages,
    findings: converted.findings.slice(0, findingsInReport),
    printFiles,
    previews: previews.map(({ file, ...preview }) => ({
      ...preview,
      key: store.keyOf(file),
      contentType: 'image/jpeg',
      ...overlayOf(preview, proofs, store),
    })),
    proofs: proofs.flatMap(({ component, proof }) =>
      proof === undefined ? [] : [{ component, key: store.keyOf(proof), contentType: 'image/svg+xml' as const }],
    ),
    reportKey: store.keyOf(reportName),
    receiptKey: store.keyOf(receiptName),
  }
  await store.putJson(receiptName, receipt(made, report))
  return report
}

/** Panels are parts of a sheet; the overlay is for whole ones. */
function overlayOf({ component, panel }: Omit<PreviewFile, 'file'>, proofs: readonly ProofFile[], store: ResultStore) {
  const proof = panel === undefined ? proofs.find((each) => each.component === component) : undefined
  return proof ? { overlay: store.keyOf(proof.overlay) } : {}
}

async function storePrintFile(converted: Converted, output: Output, store: ResultStore): Promise<PrintFile> {
  const files = [...(output.base === undefined ? [] : [output.base]), output.file]
  const paths = files.map((file) => join(converted.folder, file))
  const planned = converted.plan.components.find(({ component }) => component === output.component)
  if (!planned) throw new Error(`${output.component} was not planned`)
  const stored = await store.putJoined(`${output.component}.pdf`, paths, 'application/pdf')
  return {
    component: output.component,
    ...stored,
    contentType: 'application/pdf',
    pages: output.pages,
    sheetWidthMm: planned.sheetWidthMm,
    sheetHeightMm: planned.sheetHeightMm,
    trimBox: planned.trimBox,
  }
}

const inputsOf = ({ fetched }: Made) =>
  fetched.map(({ source, sizeBytes, sha256 }) => ({
    role: source.role,
    position: source.position,
    filename: source.filename,
    sizeBytes,
    sha256,
  }))

/** Everything that preflight saw: all findings, not only those that travel in the report. */
function preflightReport(made: Made) {
  const { converted } = made
  return {
    type: 'preflight_report',
    sku: made.ticket.product.sku,
    pages: converted.pages,
    inputs: inputsOf(made),
    facts: converted.facts,
    components: converted.plan.components.map(({ pages, ...component }) => ({ ...component, pages: pages.length })),
    findings: converted.findings,
  }
}

function receipt(made: Made, report: Ready) {
  return {
    type: 'receipt',
    contentHash: made.contentHash,
    engineVersion,
    versions: versions(),
    productSha256: createHash('sha256').update(JSON.stringify(made.ticket.product)).digest('hex'),
    sku: made.ticket.product.sku,
    facilityId: made.ticket.facilityId,
    product: made.ticket.product,
    options: made.ticket.options,
    design: made.ticket.design,
    title: made.ticket.title,
    inputs: inputsOf(made),
    outputs: report.printFiles.map(({ component, key, sizeBytes, sha256 }) => ({ component, key, sizeBytes, sha256 })),
    report,
  }
}
