import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeBook } from '../../../local/samples/book.ts'
import { writeMagazine } from '../../../local/samples/magazine.ts'
import { writePicture } from '../../../local/samples/picture.ts'
import { paragraphs } from '../../../local/samples/prose.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'printcloud-samples-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
const mm = (points: number) => (points * 25.4) / 72

test('the sample book has the pages asked for, in A5, and is the same bytes each time', async () => {
  await writeBook(at('a.pdf'), 'A walk', 40)
  await writeBook(at('b.pdf'), 'A walk', 40)
  expect(readFileSync(at('a.pdf')).equals(readFileSync(at('b.pdf')))).toBe(true)
  const book = await PDFDocument.load(readFileSync(at('a.pdf')))
  expect(book.getPageCount()).toBe(40)
  const { width, height } = book.getPage(7).getMediaBox()
  expect([mm(width), mm(height)]).toEqual([expect.closeTo(148, 2), expect.closeTo(210, 2)])
})

test('the sample magazine has 16 A4 pages with 3 mm bleed around its trim', async () => {
  await writePicture({ path: at('m.jpg'), widthPx: 174, heightPx: 244, seed: 1 })
  await writeMagazine(at('m.pdf'), [at('m.jpg')])
  const magazine = await PDFDocument.load(readFileSync(at('m.pdf')))
  expect(magazine.getPageCount()).toBe(16)
  for (const page of magazine.getPages()) {
    const [trim, media] = [page.getTrimBox(), page.getMediaBox()]
    expect([mm(trim.width), mm(trim.height)]).toEqual([expect.closeTo(210, 2), expect.closeTo(297, 2)])
    expect(mm(trim.x - media.x)).toBeCloseTo(3, 3)
    expect(mm(media.width - trim.width)).toBeCloseTo(6, 3)
  }
})

test('a turned sample photo is stored on its side and looks upright', async () => {
  await writePicture({ path: at('upright.jpg'), widthPx: 210, heightPx: 280, seed: 7 })
  await writePicture({ path: at('turned.jpg'), widthPx: 210, heightPx: 280, seed: 7, isTurned: true })
  const stored = await sharp(at('turned.jpg')).metadata()
  expect([stored.width, stored.height, stored.orientation]).toEqual([280, 210, 6])
  const look = (name: string) => sharp(at(name)).autoOrient().resize(6, 8).raw().toBuffer()
  const [upright, turned] = await Promise.all([look('upright.jpg'), look('turned.jpg')])
  const farthest = Math.max(...upright.map((value, index) => Math.abs(value - (turned[index] ?? 255))))
  expect(farthest).toBeLessThan(12)
})

test('the prose of two chapters differs, that of one chapter never does', () => {
  expect(paragraphs(1, 5)).toEqual(paragraphs(1, 5))
  expect(paragraphs(1, 5)).not.toEqual(paragraphs(2, 5))
})
