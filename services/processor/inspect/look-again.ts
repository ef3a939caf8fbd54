import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { PdfFault } from '../pdf/pdf-file.ts'
import { openWithPdfium, type PdfiumDocument, PdfiumError } from '../pdfium/document.ts'
import { pagesThatDiffer } from './compare-pages.ts'
import { describePdf } from './describe-pdf.ts'
import type { Facts, PdfFacts } from './facts.ts'
import { unreadable, withPdf } from './opened-pdf.ts'

/**
 * The second look at a damaged file: `path` is the repaired copy (or the file itself, where nothing could repair it).
 * Whichever has more pages is kept under that name: the repaired copy, the damaged file, PDFium's copy of it.
 */
export async function lookAgain(path: string, damaged: string): Promise<Facts> {
  const shown = await openDamaged(damaged)
  if (shown instanceof PdfiumError && shown.needsPassword) {
    return unreadable(new PdfFault('PASSWORD_REQUIRED', shown.message, { cause: shown }))
  }
  const original = shown instanceof PdfiumError ? undefined : shown
  const [repairedPages, damagedPages] = [await countPages(path), await countPages(damaged)]
  const mostPages = Math.max(repairedPages, damagedPages)
  if (original && original.pageCount > mostPages) await writeFile(path, original.rewritten())
  else if (damagedPages > repairedPages) await copyFile(damaged, path)
  const facts = await withPdf(path, async ({ file, pages }) => await describePdf(file, pages, true))
  if (facts instanceof PdfFault) return unreadable(facts)
  return original ? await compared(facts, path, original) : facts
}

async function countPages(path: string): Promise<number> {
  const count = await withPdf(path, async ({ pages }) => pages.length)
  return count instanceof PdfFault ? 0 : count
}

async function openDamaged(path: string): Promise<PdfiumDocument | PdfiumError> {
  try {
    return await openWithPdfium(await readFile(path))
  } catch (error) {
    if (error instanceof PdfiumError) return error
    throw error
  }
}

async function compared(facts: PdfFacts, path: string, original: PdfiumDocument): Promise<PdfFacts> {
  const repaired = await openDamaged(path)
  const differing = repaired instanceof PdfiumError ? new Set<number>() : pagesThatDiffer(original, repaired)
  const pages = facts.pages.map((page, index) => (differing.has(index) ? { ...page, isShownOtherwise: true } : page))
  return { ...facts, pages }
}
