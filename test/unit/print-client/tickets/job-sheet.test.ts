import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JobPreview } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { jobTicketOf } from '../../../../services/print-client/tickets/job-ticket.ts'
import { jobSheet } from '../../../../services/print-client/tickets/sheet/job-sheet.ts'
import { productOfFamily, productsOfAllFamilies, ticketOf } from './family-tickets.ts'

const preview: JobPreview = {
  file: 'preview.jpg',
  contentType: 'image/jpeg',
  component: 'cover',
  page: 1,
  widthPx: 60,
  heightPx: 80,
}
const book = productOfFamily('softcover_book')
let folder: string
let library: PDFiumLibrary
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'job-sheet-'))
  library = await PDFiumLibrary.init()
  const red = sharp({ create: { width: 60, height: 80, channels: 3, background: '#d00' } })
  writeFileSync(join(folder, 'preview.jpg'), await red.jpeg().toBuffer())
})
afterAll(() => {
  library.destroy()
  rmSync(folder, { recursive: true })
})

/** All words of a sheet, by another program than the one that wrote it. */
async function wordsOf(production: ProductionTicket, picture?: JobPreview): Promise<string> {
  const doc = await library.loadDocument(await jobSheet(jobTicketOf(production, picture), folder))
  try {
    return [...doc.pages()].map((page) => page.getText()).join('\n')
  } finally {
    doc.destroy()
  }
}

const shipTo = (name: string, line1: string, city: string, country: string): Partial<ProductionTicket> => ({
  shipTo: { name, address: { line1, city, postal_code: '1000', country } },
})

test('a job sheet says what to make, from what, and where it goes', async () => {
  const words = await wordsOf(ticketOf(book, { reference: 'A-1001', dueAt: '2026-12-01T16:00:00Z' }))
  for (const said of ['25 ×', 'The Lighthouse', 'Softcover book A5', '148 × 210 mm', 'Perfect bound', 'Matt']) {
    expect(words).toContain(said)
  }
  for (const said of ['90 gsm offset', '250 gsm', 'interior.pdf', 'A-1001', '2026-12-01 16:00 UTC', 'Ada Test']) {
    expect(words).toContain(said)
  }
  expect(words).toContain('NETHERLANDS')
  expect(words).toContain('Cover, part 2 of 2')
  expect(words).not.toContain('TEST')
})

test('a test order says on each page that it must not be printed', async () => {
  const words = await wordsOf(ticketOf(book, { isTest: true }))
  expect(words.match(/TEST ORDER: do not print, do not ship/g)).toHaveLength(2)
  expect(words).toContain('TEST, do not ship: Ship to')
})

test('the same ticket and picture give the same bytes', async () => {
  const ticket = jobTicketOf(ticketOf(book, shipTo('王小明', '建国路88号', '北京市', 'CN')), preview)
  expect(Buffer.from(await jobSheet(ticket, folder)).equals(await jobSheet(ticket, folder))).toBe(true)
})

test('names and addresses stand in their own alphabets, and what no typeface has leaves a visible gap', async () => {
  const cases = [
    ['Łukasz Żółć', 'Ελλάδα', 'Москва', 'PL'],
    ['王小明', '朝阳区建国路88号', '北京市', 'CN'],
    ['東京太郎', 'ひらがな カタカナ', '港区', 'JP'],
    ['김민수', '테헤란로 1', '서울', 'KR'],
    ['דוד כהן', 'רחוב 5', 'תל אביב', 'IL'],
  ] as const
  for (const [name, line1, city, country] of cases) {
    const words = (await wordsOf(ticketOf(book, shipTo(name, line1, city, country)))).normalize('NFKC')
    for (const letter of `${name}${line1}${city}`.replaceAll(' ', '')) expect(words).toContain(letter)
    expect(words).not.toContain('(…)')
  }
  const arabic = await wordsOf(ticketOf(book, shipTo('محمد العربي', 'شارع 12', 'الرياض', 'SA')))
  expect(arabic.normalize('NFKC')).toMatch(/[م]/)
  expect(await wordsOf(ticketOf(book, shipTo('Anna 🌸', '𐎀𐎁 5', 'Delft', 'NL')))).toContain('Anna (…)')
})

test('without a picture, and with one that is damaged, a box says so', async () => {
  expect(await wordsOf(ticketOf(book))).toContain('No picture')
  writeFileSync(join(folder, 'broken.jpg'), 'no picture at all')
  expect(await wordsOf(ticketOf(book), { ...preview, file: 'broken.jpg' })).toContain('its file is damaged')
  expect(await wordsOf(ticketOf(book), { ...preview, file: 'gone.jpg' })).toContain('it could not be read')
  expect(await wordsOf(ticketOf(book), preview)).not.toContain('No picture')
})

test('the longest words that an order may have stay on the sheet, for every family, on both sizes of paper', async () => {
  const longest: Partial<ProductionTicket> = {
    quantity: 10_000,
    title: 'W'.repeat(200),
    reference: 'W'.repeat(100),
    dueAt: '2026-12-01T16:00:00Z',
    shipTo: {
      name: 'W'.repeat(100),
      address: {
        line1: 'W'.repeat(100),
        line2: 'مرحبا '.repeat(16),
        city: 'W'.repeat(80),
        postal_code: 'W'.repeat(20),
        state: 'W'.repeat(40),
        country: 'GB',
      },
    },
  }
  for (const [index, product] of productsOfAllFamilies.entries()) {
    const options = Object.fromEntries(Array.from({ length: 20 }, (_, each) => [`option_${each}`, 'W'.repeat(40)]))
    const ticket = jobTicketOf(ticketOf(product, { ...longest, options }))
    const doc = await library.loadDocument(await jobSheet(ticket, folder, index % 2 === 0 ? 'a4' : 'letter'))
    const sizes = [...doc.pages()].map((page) => page.getOriginalSize())
    expect(sizes.map(({ originalWidth }) => Math.round(originalWidth))).toEqual(
      index % 2 === 0 ? [595, 595] : [612, 612],
    )
    doc.destroy()
  }
})

const hasZbar = spawnSync('zbarimg', ['--version']).status === 0 && spawnSync('pdftoppm', ['-v']).status === 0
test.skipIf(!hasZbar)(
  `a scanner reads the job's code and each part's${hasZbar ? '' : ' (skipped: zbarimg or pdftoppm is not installed)'}`,
  async () => {
    const out = join(folder, 'scan')
    mkdirSync(out)
    const ticket = jobTicketOf(ticketOf(book))
    writeFileSync(join(out, 'sheet.pdf'), await jobSheet(ticket, folder, 'letter'))
    execFileSync('pdftoppm', ['-r', '200', '-png', join(out, 'sheet.pdf'), join(out, 'page')])
    for (const page of ['page-1.png', 'page-2.png']) {
      const { stdout } = spawnSync('zbarimg', ['-q', join(out, page)], { encoding: 'utf8' })
      for (const { barcode } of ticket.files) {
        expect(stdout).toContain(`QR-Code:${barcode}\n`)
        expect(stdout).toContain(`CODE-128:${barcode}\n`)
      }
      if (page === 'page-1.png') expect(stdout).toContain(`CODE-128:${ticket.jobId}\n`)
    }
  },
)
