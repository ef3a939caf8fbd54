import { deflateSync } from 'node:zlib'
import { outputIntentOf } from '../colour/output-intents.ts'
import type { ObjectNumber, PdfWriter } from '../pdf/pdf-writer.ts'
import type { ComponentPlan } from '../plan/job-plan.ts'
import { referTo } from '../produce/own-object.ts'
import { textString } from './pdf-text.ts'
import { constantPdfDate, pdfxVersion, producer, xmpOf } from './xmp.ts'

export type Ends = {
  readonly plan: Pick<ComponentPlan, 'title' | 'outputIntent'>
  readonly tree: ObjectNumber
  /** Number of the catalog that is replaced, where the file begins with a source. */
  readonly root: ObjectNumber | undefined
  /** 32 hex digits. */
  readonly documentId: string
  readonly layersEntry: string
}

/** Writes what makes the pages a document: catalog, metadata, output intent, information (PDF/X-4 structure). */
export function writeEnds({ plan, tree, root = undefined, documentId, layersEntry }: Ends, writer: PdfWriter) {
  const metadata = writer.reserve()
  writer.putStream(metadata, '/Type /Metadata /Subtype /XML', Buffer.from(xmpOf(plan.title, documentId), 'utf8'))
  const catalog = root ?? writer.reserve()
  const parts = [
    `/Type /Catalog /Version /1.7 /Pages ${referTo(tree)} /Metadata ${referTo(metadata)}`,
    `/OutputIntents [${writeIntent(plan.outputIntent ?? 'FOGRA39', writer)}]`,
    ...(layersEntry === '' ? [] : [layersEntry]),
  ]
  writer.put(catalog, `<< ${parts.join(' ')} >>`)
  const info = writer.reserve()
  writer.put(
    info,
    `<< /Title ${textString(plan.title)} /Producer (${producer}) /Creator (${producer}) /Trapped /False ` +
      `/GTS_PDFXVersion (${pdfxVersion}) /CreationDate (${constantPdfDate}) /ModDate (${constantPdfDate}) >>`,
  )
  return { root: catalog, info }
}

/** The one condition that the file is made for, with its profile. */
function writeIntent(name: NonNullable<ComponentPlan['outputIntent']>, writer: PdfWriter): string {
  const { identifier, registry, info, profile, components } = outputIntentOf(name)
  const number = writer.reserve()
  writer.putStream(number, `/N ${components} /Filter /FlateDecode`, deflateSync(profile))
  return (
    `<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier ${textString(identifier)} ` +
    `/OutputCondition ${textString(info)} /RegistryName ${textString(registry)} /Info ${textString(info)} ` +
    `/DestOutputProfile ${referTo(number)} >>`
  )
}
