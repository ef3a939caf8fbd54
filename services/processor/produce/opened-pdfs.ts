import { join } from 'node:path'
import { openPdf } from '../pdf/open-pdf.ts'
import { pagesOf } from '../pdf/pages.ts'
import type { PdfFile, PdfPage } from '../pdf/pdf-file.ts'
import { bytesOf } from '../ranges/bytes-of.ts'
import type { SourceFile } from '../sandbox/protocol.ts'

export type OpenedPdf = { readonly file: PdfFile; readonly pages: readonly PdfPage[] }
/** The PDFs of a job, each opened once: one used by block and cover is parsed once. */
export type OpenedPdfs = {
  readonly pdf: (index: number) => OpenedPdf
  readonly close: () => void
}

export function openedPdfs(folder: string, sources: readonly SourceFile[]): OpenedPdfs {
  const opened = new Map<number, OpenedPdf>()
  const closing: (() => void)[] = []
  return {
    pdf: (index) => {
      const known = opened.get(index)
      if (known) return known
      const source = sources[index]
      if (!source) throw new Error(`The plan names source ${index}, which does not exist`)
      const bytes = bytesOf(join(folder, source.file))
      closing.push(bytes.close)
      const file = openPdf(bytes)
      const entry = { file, pages: pagesOf(file).pages }
      opened.set(index, entry)
      return entry
    },
    close: () => {
      for (const close of closing) close()
    },
  }
}
