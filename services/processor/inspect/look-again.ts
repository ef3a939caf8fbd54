import { copyFile, writeFile } from 'node:fs/promises'
import { memoryBytes, openFileBytes } from '../pdf/byte-sources.ts'
import { PdfFault } from '../pdf/pdf-file.ts'
import { openWithPdfium, type PdfiumDocument, PdfiumError } from '../pdfium/document.ts'
import { pagesThatDiffer } from './compare-pages.ts'
import { describePdf } from './describe-pdf.ts'
import type { Facts } from './facts.ts'
import { pageCountOf, unreadable, withPdf } from './opened-pdf.ts'

/**
 * The second look at a damaged file: `path` is the repaired copy (or the file itself, where nothing could repair it).
 * Whichever has most pages is kept under that name: the repaired copy, the damaged file, PDFium's copy of it.
 */
export async function lookAgain(path: string, damaged: string): Promise<Facts> {
  return await withPdfium(damaged, async (original) => {
    if (original instanceof PdfiumError && original.needsPassword) {
      return unreadable(new PdfFault('PASSWORD_REQUIRED', original.message, { cause: original }))
    }
    const shown = original instanceof PdfiumError ? undefined : original
    await keepBest(path, damaged, shown)
    const facts = await withPdf(
      path,
      async ({ file, pages }) => await describePdf(file, pages, { wasRepaired: true, needsLook: true }),
    )
    if (facts instanceof PdfFault) return unreadable(facts)
    const differing = shown ? await differingPages(path, shown) : new Set()
    const pages = facts.pages.map((page, index) => (differing.has(index) ? { ...page, isShownOtherwise: true } : page))
    return { ...facts, pages }
  })
}

async function keepBest(path: string, damaged: string, original: PdfiumDocument | undefined): Promise<void> {
  const [repairedPages, damagedPages] = [countPages(path), countPages(damaged)]
  const mostPages = Math.max(repairedPages, damagedPages)
  // PDFium believes the count in the file: its copy has to have the pages as well.
  const copy = original && original.pageCount > mostPages ? copyOf(original) : undefined
  if (copy && pageCountOf(memoryBytes(copy)) > mostPages) await writeFile(path, copy)
  else if (damagedPages > repairedPages) await copyFile(damaged, path)
}

function countPages(path: string): number {
  const bytes = openFileBytes(path)
  try {
    return pageCountOf(bytes)
  } finally {
    bytes.close()
  }
}

function copyOf(original: PdfiumDocument): Buffer | undefined {
  try {
    return original.rewritten()
  } catch (error) {
    if (error instanceof PdfiumError) return undefined
    throw error
  }
}

async function differingPages(path: string, original: PdfiumDocument): Promise<ReadonlySet<number>> {
  return await withPdfium(path, async (repaired) =>
    repaired instanceof PdfiumError ? new Set<number>() : pagesThatDiffer(original, repaired),
  )
}

async function withPdfium<T>(path: string, use: (opened: PdfiumDocument | PdfiumError) => Promise<T>): Promise<T> {
  const bytes = openFileBytes(path)
  try {
    return await use(await openWithPdfium(bytes).catch(onlyPdfiumError))
  } finally {
    bytes.close()
  }
}

function onlyPdfiumError(error: unknown): PdfiumError {
  if (error instanceof PdfiumError) return error
  throw error
}
