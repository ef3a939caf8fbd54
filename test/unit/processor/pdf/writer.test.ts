import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { joinedBytes, memoryBytes, openFileBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { openPdf } from '../../../../services/processor/pdf/open-pdf.ts'
import { boxEntryOf, pagesOf } from '../../../../services/processor/pdf/pages.ts'
import { createPdfAppendix, createPdfWriter, referTo } from '../../../../services/processor/pdf/pdf-writer.ts'
import { textOf } from '../../../../services/processor/pdf/serialise.ts'
import { PdfString } from '../../../../services/processor/pdf/values.ts'
import { openWithPdfium } from '../../../../services/processor/pdfium/document.ts'
import { hybridPdf, onePage, tinyPdf } from './tiny-pdf.ts'
import { byQpdf, checkedByQpdf, hasQpdf, inFolder } from './tools.ts'

const id = '0123456789abcdef0123456789abcdef'
const withId = tinyPdf(onePage, { trailer: '/ID [<0aff> <0bff>]' })

/** Makes the page 300 × 400 by an appended update with one new object; gives the whole file. */
function updated(folder: string, pdf: Buffer): Buffer {
  const base = openPdf(memoryBytes(pdf))
  const path = join(folder, 'appendix')
  const writer = createPdfAppendix(path, base)
  const [page] = pagesOf(base).pages
  if (page?.ref === undefined) throw new Error('no page')
  const content = writer.reserve()
  writer.putStream(content, '', Buffer.from('0 0 9 9 re f'))
  const entries = new Map(page.dict).set('MediaBox', [0, 0, 300, 400])
  entries.delete('Contents')
  const body = textOf(entries, ({ number, generation }) => `${number} ${generation} R`)
  writer.put(page.ref.number, body.replace('<<', `<</Contents ${referTo(content)}`))
  const info = writer.reserve()
  writer.put(info, '<< /Title (update) >>')
  const root = base.trailer.get('Root')
  writer.finish({ root: typeof root === 'object' && root !== null && 'number' in root ? root.number : 0, info, id })
  return Buffer.concat([pdf, readFileSync(path)])
}

const bases: readonly (readonly [string, () => Buffer | Promise<Buffer>, boolean])[] = [
  ['with a table', () => withId, false],
  ['that is hybrid', hybridPdf, false],
  ['with a stream as table', () => byQpdf(withId, '--object-streams=generate'), true],
  ['that is linearized', () => byQpdf(withId, '--linearize'), true],
  ['that is linearized with streams', () => byQpdf(withId, '--linearize', '--object-streams=generate'), true],
]

describe('an update appended to a file', () => {
  for (const [story, make, needsQpdf] of bases) {
    it.skipIf(needsQpdf && !hasQpdf)(`${story} is read by us and by PDFium, twice over`, () =>
      inFolder(async (folder) => {
        const base = await make()
        const once = updated(folder, base)
        expect(once.subarray(0, base.length)).toEqual(base)
        for (const pdf of [once, await inFolder((other) => updated(other, once))]) {
          const file = openPdf(memoryBytes(pdf))
          expect(file.wasRebuilt).toBe(false)
          expect(file.xrefKind).toBe(openPdf(memoryBytes(base)).xrefKind)
          expect(file.isWithoutLeftovers()).toBe(false)
          const [page] = pagesOf(file).pages
          expect(page && boxEntryOf(file, page, 'MediaBox')).toMatchObject({ width: 300, height: 400 })
          const seen = await openWithPdfium(pdf)
          expect(seen.pageCount).toBe(1)
          expect(seen.size(1)).toEqual({ width: 300, height: 400 })
        }
      }),
    )

    it.skipIf(!hasQpdf)(`${story} passes qpdf --check`, () =>
      inFolder(async (folder) => {
        const path = join(folder, 'whole.pdf')
        writeFileSync(path, updated(folder, await make()))
        expect(checkedByQpdf(path)).toContain('No syntax or stream encoding errors')
      }),
    )
  }

  it('keeps the first half of the file id and changes the second', () =>
    inFolder((folder) => {
      const file = openPdf(memoryBytes(updated(folder, withId)))
      expect(file.trailer.get('ID')).toEqual([
        new PdfString(Buffer.from('0aff', 'hex')),
        new PdfString(Buffer.from(id, 'hex')),
      ])
    }))
})

describe('a new file', () => {
  const write = (path: string): void => {
    const writer = createPdfWriter(path)
    const [root, tree, page, content, info, unused] = [1, 2, 3, 4, 5, 6].map(() => writer.reserve())
    if (unused === undefined || root === undefined || info === undefined) throw new Error('no numbers')
    const source = memoryBytes(Buffer.from(`--${'0 0 50 50 re f '.repeat(100_000)}--`))
    writer.putStreamFrom(content ?? 0, '', source, 2, source.size - 4)
    writer.put(root, `<< /Type /Catalog /Pages ${referTo(tree ?? 0)} >>`)
    writer.put(tree ?? 0, `<< /Type /Pages /Count 1 /Kids [${referTo(page ?? 0)}] >>`)
    writer.put(
      page ?? 0,
      `<< /Type /Page /Parent ${referTo(tree ?? 0)} /MediaBox [0 0 9 9] /Contents ${referTo(content ?? 0)} >>`,
    )
    writer.put(info, '<< >>')
    writer.finish({ root, info, id })
  }

  it('is the same every time, whole, and read back object by object', () =>
    inFolder((folder) => {
      write(join(folder, 'a.pdf'))
      write(join(folder, 'b.pdf'))
      expect(readFileSync(join(folder, 'a.pdf')).equals(readFileSync(join(folder, 'b.pdf')))).toBe(true)
      const bytes = openFileBytes(join(folder, 'a.pdf'))
      const file = openPdf(bytes)
      expect(file.objectNumbers()).toEqual([1, 2, 3, 4, 5])
      expect(file.isWithoutLeftovers()).toBe(true)
      const content = file.stream(file.object(4))
      expect(content && file.decoded(content, 1 << 24).length).toBe(1_500_000)
      bytes.close()
    }))

  it.skipIf(!hasQpdf)('passes qpdf --check', () =>
    inFolder((folder) => {
      write(join(folder, 'a.pdf'))
      expect(checkedByQpdf(join(folder, 'a.pdf'))).toContain('No syntax or stream encoding errors')
    }),
  )
})

it('bytes joined or in a file are the same at every place', () =>
  inFolder((folder) => {
    const all = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 31) >> 3))
    writeFileSync(join(folder, 'bytes'), all)
    const file = openFileBytes(join(folder, 'bytes'))
    const joined = joinedBytes([memoryBytes(all.subarray(0, 70_000)), memoryBytes(all.subarray(70_000))])
    for (const [from = 0, to = 0] of [
      [0, 10],
      [65_530, 65_545],
      [60_000, 140_000],
      [199_990, 300_000],
      [-5, 5],
      [9, 3],
      [250_000, 260_000],
    ]) {
      const expected = all.subarray(Math.max(0, from), Math.max(0, from, to))
      expect(file.read(from, to).equals(expected)).toBe(true)
      expect(joined.read(from, to).equals(expected)).toBe(true)
    }
    file.close()
  }))
