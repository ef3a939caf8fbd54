import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { openPdf } from '../../../../services/processor/pdf/open-pdf.ts'
import { boxEntryOf, pagesOf } from '../../../../services/processor/pdf/pages.ts'
import { PdfFault, type PdfFile } from '../../../../services/processor/pdf/pdf-file.ts'
import { hybridPdf, onePage, tinyPdf } from './tiny-pdf.ts'

const open = (pdf: Buffer): PdfFile => openPdf(memoryBytes(pdf))
const edited = (pdf: Buffer, from: string | RegExp, to: string): Buffer =>
  Buffer.from(pdf.toString('latin1').replace(from, to), 'latin1')

/** The page of `onePage` with its content. */
function expectTheOnePage(file: PdfFile): void {
  const { pages, isWhole } = pagesOf(file)
  expect(pages).toHaveLength(1)
  expect(isWhole).toBe(true)
  const [page] = pages
  if (page === undefined) throw new Error('no page')
  expect(boxEntryOf(file, page, 'MediaBox')).toEqual({ x: 0, y: 0, width: 200, height: 100 })
  const content = file.stream(page.dict.get('Contents'))
  if (content === undefined) throw new Error('no content')
  expect(file.decoded(content, 1000).toString('latin1').trim()).toBe('0 0 50 50 re f')
}

describe('files that are sound', () => {
  it('are opened as they are', () => {
    const file = open(tinyPdf(onePage))
    expectTheOnePage(file)
    expect(file.wasRebuilt).toBe(false)
    expect(file.isWithoutLeftovers()).toBe(true)
    expect(file.size).toBe(5)
    expect(file.objectNumbers()).toEqual([1, 2, 3, 4])
  })

  it('may be hybrid: what only the stream of the table knows is found', () => {
    const file = open(hybridPdf())
    expectTheOnePage(file)
    expect(file.wasRebuilt).toBe(false)
    expect(file.xrefKind).toBe('table')
    expect(file.dict(pagesOf(file).pages[0]?.dict.get('Resources'))?.has('ProcSet')).toBe(true)
    expect(file.isWithoutLeftovers()).toBe(true)
  })

  it('take their version from the catalog where it is newer', () => {
    const [catalog = '', ...others] = onePage
    expect(open(tinyPdf([catalog.replace('/Pages', '/Version /1.6 /Pages'), ...others])).version).toBe('1.6')
    expect(open(tinyPdf(onePage)).version).toBe('1.4')
  })
})

/** Each as its story; all open without the table being made anew. */
const tolerated: Record<string, () => Buffer> = {
  'a mail program put its own lines before the header': () =>
    Buffer.concat([Buffer.from('From: shop\r\n\r\n'), tinyPdf(onePage)]),
  'startxref counts a few bytes too many': () => edited(tinyPdf(onePage), /startxref\n(\d+)/, 'startxref\n$1 '.trim()),
  'the first subsection claims to begin with object 1': () =>
    tinyPdf(onePage, { table: (rows) => `xref\n1 5\n${rows}` }),
  'the subsection counts one row too few': () => tinyPdf(onePage, { table: (rows) => `xref\n0 4\n${rows}` }),
  'the subsection counts one row too many': () => tinyPdf(onePage, { table: (rows) => `xref\n0 6\n${rows}` }),
  'rows end in a bare line feed, 19 bytes long': () =>
    tinyPdf(onePage, { table: (rows) => `xref\n0 5\n${rows.replaceAll(' \n', '\n')}` }),
  'xref, a blank and the subsection stand on one line': () =>
    tinyPdf(onePage, { table: (rows) => `xref 0 5\r\n${rows.replaceAll(' \n', '\r\n')}` }),
  'a comment stands wherever one may': () =>
    tinyPdf(['<< % catalog\n /Type % a >> b\r /Catalog /Pages 2 0 R >>', ...onePage.slice(1)]),
  'names are escaped': () => tinyPdf(['<< /Type /#43atalog /P#61ges 2 0 R >>', ...onePage.slice(1)]),
  'there is no endobj': () => edited(tinyPdf(onePage), /\nendobj\n(?=\d)/g, '\n       \n'),
  'a stream is shorter than the file says': () =>
    tinyPdf([...onePage.slice(0, 3), onePage[3]?.replace('20', '23') ?? '']),
  'a stream is longer than the file says': () =>
    tinyPdf([...onePage.slice(0, 3), onePage[3]?.replace('20', '7') ?? '']),
  'the length of a stream is the stream itself': () =>
    tinyPdf([...onePage.slice(0, 3), onePage[3]?.replace('20', '4 0 R') ?? '']),
  'the end of line after stream is a lone carriage return': () =>
    tinyPdf([...onePage.slice(0, 3), onePage[3]?.replace('stream\n', 'stream\r') ?? '']),
  'Prev leads back to the same table': () => {
    const plain = tinyPdf(onePage, { trailer: '/Prev 000' })
    return edited(plain, '/Prev 000', `/Prev ${plain.lastIndexOf('\nxref') + 1}`)
  },
  'there is no white space where none is needed': () =>
    tinyPdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 200 100]>>',
      ...onePage.slice(2),
    ]),
  'boxes are given with odd numbers': () =>
    tinyPdf([
      onePage[0] ?? '',
      (onePage[1] ?? '').replace('[0 0 200 100]', '[+.0 --0 200.-3 +100.]'),
      ...onePage.slice(2),
    ]),
}

describe('odd files open as they are', () => {
  it.each(Object.entries(tolerated))('%s', (_, make) => {
    const file = open(make())
    expectTheOnePage(file)
    expect(file.wasRebuilt).toBe(false)
  })
})

const mended: Record<string, () => Buffer> = {
  'the file ends before its table': () => {
    const pdf = tinyPdf(onePage)
    return pdf.subarray(0, pdf.indexOf('xref'))
  },
  'an editor changed line ends, so that no offset is right': () => edited(tinyPdf(onePage), /\n/g, '\r\n'),
  'one row of the table is wrong': () =>
    tinyPdf(onePage, { table: (rows) => `xref\n0 5\n${rows.replace(/(\d{10})(?= 00000 n \n0)/, '0000000012')}` }),
  'startxref leads nowhere': () => edited(tinyPdf(onePage), /startxref\n\d+/, 'startxref\n99999'),
  'the trailer names no catalog': () => edited(tinyPdf(onePage), '/Root 1 0 R', ''),
  'the catalog was lost, the tree of pages is there': () => edited(tinyPdf(onePage), onePage[0] ?? '', 'null'),
  'the tail was lost, objects lie in an object stream': () => {
    const pdf = hybridPdf()
    return pdf.subarray(0, pdf.indexOf('7 0 obj'))
  },
}

describe('damaged files are mended', () => {
  it.each(Object.entries(mended))('%s', (_, make) => {
    const file = open(make())
    expectTheOnePage(file)
    expect(file.wasRebuilt).toBe(true)
    expect(file.isWithoutLeftovers()).toBe(false)
  })

  it('pages whose tree is lost are found by their type', () => {
    const pdf = tinyPdf(['null', 'null', '<< /Type /Page /MediaBox [0 0 9 9] >>', '<< /Type /Page >>'])
    expect(pagesOf(open(pdf)).pages.map(({ ref }) => ref?.number)).toEqual([3, 4])
  })

  it('nothing to be found is told as such', () => {
    for (const text of ['', '%PDF-1.4\n', 'startxref\n0\n%%EOF', 'hello'.repeat(1000)]) {
      expect(() => open(Buffer.from(text))).toThrow(PdfFault)
    }
  })
})

describe('the tree of pages', () => {
  const tree = (pages: string, ...others: readonly string[]): Buffer => tinyPdf([onePage[0] ?? '', pages, ...others])

  it('that goes in circles gives each page once and is told as not whole', () => {
    const file = open(tree('<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>', '<< /Type /Page >>'))
    expect(pagesOf(file)).toMatchObject({ pages: [{ ref: { number: 3 } }], isWhole: false })
  })

  it('that names a page which is not there is told as not whole', () => {
    const file = open(tree('<< /Type /Pages /Count 2 /Kids [3 0 R 9 0 R] >>', '<< /Type /Page >>'))
    expect(pagesOf(file)).toMatchObject({ pages: [{}], isWhole: false })
  })

  it('that counts wrong is told as not whole', () => {
    const file = open(tree('<< /Type /Pages /Count 7 /Kids [3 0 R] >>', '<< /Type /Page >>'))
    expect(pagesOf(file)).toMatchObject({ pages: [{}], isWhole: false })
  })

  it('hands down boxes through every group, the nearest first', () => {
    const file = open(
      tree(
        '<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 1 1] /Rotate 90 >>',
        '<< /Type /Pages /Count 1 /Kids [4 0 R] /MediaBox [9 8 3 2] >>',
        '<< /Type /Page >>',
      ),
    )
    const [page] = pagesOf(file).pages
    if (page === undefined) throw new Error('no page')
    expect(boxEntryOf(file, page, 'MediaBox')).toEqual({ x: 3, y: 2, width: 6, height: 6 })
    expect(page.inherited.get('Rotate')).toBe(90)
    expect(boxEntryOf(file, page, 'TrimBox')).toBeUndefined()
  })

  it('of a hundred groups inside each other is followed; deeper than 1,000 it is refused', () => {
    const nested = (length: number) => {
      const groups = Array.from({ length }, (_, index) => `<< /Type /Pages /Count 1 /Kids [${index + 3} 0 R] >>`)
      return open(tinyPdf([onePage[0] ?? '', ...groups, '<< /Type /Page >>']))
    }
    expect(pagesOf(nested(100)).pages).toHaveLength(1)
    expect(() => pagesOf(nested(1010))).toThrow(/deep/)
  })

  it('of more than 20,000 nodes is refused', () => {
    const file = open(tree(`<< /Type /Pages /Count 1 /Kids [${'3 0 R '.repeat(20_001)}] >>`, '<< /Type /Page >>'))
    expect(() => pagesOf(file)).toThrow(/20000/)
  })
})
