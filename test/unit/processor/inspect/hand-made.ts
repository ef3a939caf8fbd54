import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Facts, PdfFacts, PdfPageFacts } from '../../../../services/processor/inspect/facts.ts'
import { inspectPdf } from '../../../../services/processor/inspect/inspect-pdf.ts'

export type PageParts = {
  readonly content?: string
  /** Entries of the resource dictionary. */
  readonly resources?: string
  /** Further entries of the page's dictionary; boxes, Rotate, Annots. */
  readonly entries?: string
}

export type Parts = {
  readonly pages: readonly PageParts[]
  /** Objects by number, from 100 on; a stream is its dictionary's entries and its data. */
  readonly objects?: Readonly<Record<number, string | readonly [entries: string, data: string]>>
  readonly catalog?: string
  readonly trailer?: string
  readonly count?: number
  /** Objects that the table leaves out are still in the bytes. */
  readonly unlisted?: string
}

/** A4 in points. */
export const a4 = '/MediaBox [0 0 595.28 841.89]'

const stream = (entries: string, data: string): string =>
  `<< ${entries} /Length ${Buffer.byteLength(data, 'latin1')} >>\nstream\n${data}\nendstream`

/** A PDF written by hand: pages are objects 10, 12, …, their contents 11, 13, …; the tree is 2. */
export function pdfOf({ pages, objects = {}, catalog = '', trailer = '', count, unlisted = '' }: Parts): Buffer {
  const all = new Map<number, string>()
  const kids = pages.map((_, index) => `${10 + 2 * index} 0 R`).join(' ')
  all.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`)
  all.set(2, `<< /Type /Pages /Count ${count ?? pages.length} /Kids [${kids}] >>`)
  for (const [index, { content = '', resources = '', entries = '' }] of pages.entries()) {
    const box = entries.includes('/MediaBox') ? '' : a4
    const contents = `/Contents ${11 + 2 * index} 0 R`
    all.set(
      10 + 2 * index,
      `<< /Type /Page /Parent 2 0 R ${box} ${entries} ${contents} /Resources << ${resources} >> >>`,
    )
    all.set(11 + 2 * index, stream('', content))
  }
  for (const [number, value] of Object.entries(objects)) {
    all.set(Number(number), typeof value === 'string' ? value : stream(value[0], value[1]))
  }
  return withTable(all, trailer, unlisted)
}

/** Numbers an object as written, with a table of objects that is right. */
export function withTable(objects: ReadonlyMap<number, string>, trailer = '', unlisted = ''): Buffer {
  let text = `%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n${unlisted}`
  const size = Math.max(...objects.keys()) + 1
  const rows = Array.from({ length: size }, () => '0000000000 65535 f \n')
  for (const [number, value] of [...objects].toSorted(([one], [other]) => one - other)) {
    rows[number] = `${String(text.length).padStart(10, '0')} 00000 n \n`
    text += `${number} 0 obj\n${value}\nendobj\n`
  }
  const start = text.length
  text += `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

/** Looks at a file as the converter does. */
export async function factsOf(bytes: Buffer): Promise<Facts> {
  const folder = await mkdtemp(join(tmpdir(), 'inspect-'))
  try {
    await writeFile(join(folder, 'source.pdf'), bytes)
    return await inspectPdf(join(folder, 'source.pdf'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

export async function pdfFactsOf(parts: Parts | Buffer): Promise<PdfFacts> {
  const facts = await factsOf(Buffer.isBuffer(parts) ? parts : pdfOf(parts))
  if (facts.kind !== 'pdf') throw new Error(`expected facts of a PDF, got ${JSON.stringify(facts)}`)
  return facts
}

/** Facts of a document of this one page. */
export async function pageFactsOf(page: PageParts, objects: Parts['objects'] = {}): Promise<PdfPageFacts> {
  const { pages } = await pdfFactsOf({ pages: [page], objects })
  if (!pages[0]) throw new Error('no page')
  return pages[0]
}
