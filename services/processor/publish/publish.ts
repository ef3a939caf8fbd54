import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { findingsInReport, type PrintFile, type ProcessReport } from '#contracts/messages/process-report.ts'
import type { ProcessTicket } from '#contracts/messages/process-ticket.ts'
import type { FetchedSource } from '../fetch/fetch-sources.ts'
import type { Converted } from '../job/convert.ts'
import type { ProofFile } from '../job/write-drawings.ts'
import type { Output, PreviewFile } from '../sandbox/protocol.ts'
import { leastCopiedBytes } from './copy-parts.ts'
import { engineVersion, versions } from './engine-version.ts'
import { preflightReport } from './preflight-report.ts'
import type { ResultStore, StoredBase } from './result-store.ts'

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
    Promise.all(outputs.map((output) => storePrintFile(made, output, store))),
    Promise.all(previews.map(({ file }) => store.putFile(file, join(folder, file), 'image/jpeg'))),
    Promise.all(drawings.map((file) => store.putFile(file, join(folder, file), 'image/svg+xml'))),
    store.putJson(reportName, preflightReport(ticket.product.sku, converted, inputsOf(made))),
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

const contentType = 'application/pdf'

async function storePrintFile(made: Made, output: Output, store: ResultStore): Promise<PrintFile> {
  const { converted } = made
  const files = [...(output.base === undefined ? [] : [output.base]), output.file]
  const paths = files.map((file) => join(converted.folder, file))
  const planned = converted.plan.components.find(({ component }) => component === output.component)
  if (!planned) throw new Error(`${output.component} was not planned`)
  const name = `${output.component}.pdf`
  const base = storedBaseOf(made, output)
  const stored = base
    ? await store.putContinued(name, base, join(converted.folder, output.file), contentType)
    : await store.putJoined(name, paths, contentType)
  return {
    component: output.component,
    ...stored,
    contentType,
    pages: output.pages,
    sheetWidthMm: planned.sheetWidthMm,
    sheetHeightMm: planned.sheetHeightMm,
    trimBox: planned.trimBox,
  }
}

/** The base as it is stored, where the store can copy it and nobody has touched the bytes that were judged in its place. */
function storedBaseOf({ fetched, converted }: Made, { base }: Output): StoredBase | undefined {
  const source = fetched.find(({ file }) => file === base)
  if (!source?.stored || source.sizeBytes < leastCopiedBytes) return undefined
  if (!source.far && !converted.untouched.has(source.file)) return undefined
  return { ...source.stored, sizeBytes: source.sizeBytes, hash: source.hash }
}

const inputsOf = ({ fetched }: Made) =>
  fetched.map(({ source, sizeBytes, sha256, stored, far }) => ({
    role: source.role,
    position: source.position,
    ...(source.filename === undefined ? {} : { filename: source.filename }),
    sizeBytes,
    ...(far ? { announcedSha256: sha256, etag: stored?.etag } : { sha256 }),
  }))

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
    outputs: report.printFiles.map(({ component, key, sizeBytes, sha256, crc64nvme }) => ({
      ...{ component, key, sizeBytes, sha256, crc64nvme },
    })),
    looked: made.converted.looked,
    report,
  }
}
