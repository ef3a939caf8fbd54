import type { ByteSource } from '../pdf/byte-source.ts'
import { openPdf } from '../pdf/open-pdf.ts'
import { pagesOf } from '../pdf/pages.ts'
import { PdfFault, type PdfFile, type PdfPage } from '../pdf/pdf-file.ts'
import { bytesOf } from '../ranges/bytes-of.ts'
import type { Unreadable } from './facts.ts'

export type OpenedPdf = { readonly file: PdfFile; readonly pages: readonly PdfPage[]; readonly isSound: boolean }

/** Opens a file for as long as `use` runs; gives the fault where our reader cannot, or finds no page. */
export async function withPdf<T>(path: string, use: (opened: OpenedPdf) => Promise<T>): Promise<T | PdfFault> {
  const bytes = bytesOf(path)
  try {
    const file = openPdf(bytes)
    const { pages, isWhole } = pagesOf(file)
    if (pages.length === 0) return new PdfFault('EMPTY_DOCUMENT', 'a PDF without pages')
    return await use({ file, pages, isSound: isWhole && !file.wasRebuilt })
  } catch (error) {
    if (error instanceof PdfFault) return error
    throw error
  } finally {
    bytes.close()
  }
}

/** How many pages our reader finds; 0 where it cannot open the file. */
export function pageCountOf(bytes: ByteSource): number {
  try {
    return pagesOf(openPdf(bytes)).pages.length
  } catch (error) {
    if (error instanceof PdfFault) return 0
    throw error
  }
}

const details: Record<PdfFault['code'], string> = {
  PASSWORD_REQUIRED: 'the PDF opens with a password only',
  CORRUPT_UNRECOVERABLE: 'the PDF is damaged beyond repair',
  EMPTY_DOCUMENT: 'a PDF without pages',
  RESOURCE_LIMIT: 'a PDF that takes more work to open than any book',
}

export const unreadable = ({ code }: PdfFault): Unreadable => ({ kind: 'unreadable', code, detail: details[code] })
