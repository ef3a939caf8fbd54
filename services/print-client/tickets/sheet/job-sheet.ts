import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import type { JobTicket } from '#contracts/messages/job-ticket.ts'
import { createGlyphFonts } from '../text/glyph-fonts.ts'
import { readTypefaces } from '../text/typefaces.ts'
import { createCanvas } from './canvas.ts'
import { drawSheet, type SheetPicture } from './draw-sheet.ts'
import { drawSlips } from './draw-slips.ts'
import { type PageSizeName, pageSizes } from './page-size.ts'

export const sheetName = 'job-sheet.pdf'

/** Everything that a sheet says besides the ticket's words is in these alphabets' first slice. */
const ownSigns = `${Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')}×µ…–`

/**
 * The sheet that travels with a job, for people: what to make, from what, where it goes, with Code 128 and QR of the job and of each part.
 * `folder` holds the picture that the ticket names. The same ticket and picture give the same bytes.
 */
export async function jobSheet(ticket: JobTicket, folder: string, size: PageSizeName = 'a4'): Promise<Uint8Array> {
  const doc = await PDFDocument.create()
  describe(doc, ticket)
  const typefaces = await readTypefaces(`${ownSigns}${JSON.stringify(ticket)}`)
  const fonts = createGlyphFonts(doc)
  const first = createCanvas(doc, pageSizes[size], typefaces, fonts)
  drawSheet(first, ticket, await pictureOf(doc, ticket, folder), size)
  first.close()
  const second = createCanvas(doc, pageSizes[size], typefaces, fonts)
  drawSlips(second, ticket)
  second.close()
  for (const [name, font] of fonts.write()) {
    for (const page of doc.getPages()) page.node.setFontDictionary(PDFName.of(name), font)
  }
  return doc.save()
}

function describe(doc: PDFDocument, { jobId, issuedAt }: JobTicket): void {
  doc.setTitle(`Job sheet ${jobId}`, { showInWindowTitleBar: true })
  doc.setLanguage('en')
  doc.setCreationDate(new Date(issuedAt))
  doc.setModificationDate(new Date(issuedAt))
  doc.setProducer('Printcloud')
  doc.setCreator('Printcloud')
}

async function pictureOf(doc: PDFDocument, { preview }: JobTicket, folder: string): Promise<SheetPicture> {
  if (preview === undefined) return { why: 'the ticket names none, or it was not to be had' }
  if (preview.contentType === 'image/webp') return { why: `see ${preview.file}` }
  try {
    const bytes = await readFile(join(folder, preview.file))
    return { image: await (preview.contentType === 'image/png' ? doc.embedPng(bytes) : doc.embedJpg(bytes)) }
  } catch (error) {
    // A sheet without its picture is a sheet; a job without its sheet is not.
    return { why: error instanceof Error && 'syscall' in error ? 'it could not be read' : 'its file is damaged' }
  }
}
