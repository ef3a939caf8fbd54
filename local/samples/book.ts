import { writeFile } from 'node:fs/promises'
import { PDFDocument, type PDFPage, rgb } from '@cantoo/pdf-lib'
import { fixedDate } from './fixed-date.ts'
import { paragraphs } from './prose.ts'
import { breakLines, embedFonts, type Fonts, type Line, type Style, setLine } from './typesetter.ts'

const pointsPerMm = 72 / 25.4
const width = 148 * pointsPerMm
const height = 210 * pointsPerMm
const margins = { inner: 20 * pointsPerMm, outer: 16 * pointsPerMm, top: 22 * pointsPerMm, bottom: 24 * pointsPerMm }
const textWidth = width - margins.inner - margins.outer
const ink = rgb(0.09, 0.09, 0.09)
const chapters = [
  'The Ferry',
  'Low Water',
  'A House on the Dike',
  'The Printer of Culemborg',
  'Wind from the East',
  'Maps',
  'The Orchard',
  'Frost',
  'What the Heron Saw',
  'Two Bridges',
  'The Long Evening',
  'Home',
]

/** Writes a paperback of `pages` A5 pages without bleed, as an author's word processor would export it. */
export async function writeBook(path: string, title: string, pages: number): Promise<void> {
  const document = await PDFDocument.create()
  document.setTitle(title)
  document.setCreationDate(fixedDate)
  document.setModificationDate(fixedDate)
  const fonts = await embedFonts(document)
  const body: Style = { font: fonts.regular, size: 10.5, leading: 15 }
  titlePage(document.addPage([width, height]), fonts, title)
  document.addPage([width, height]).drawText('Set in Source Serif 4. Made by script for Printcloud.', {
    x: margins.outer,
    y: margins.bottom,
    size: 8,
    font: fonts.italic,
    color: ink,
  })
  const pagesEach = Math.ceil((pages - 2) / chapters.length)
  for (const [index, chapter] of chapters.entries()) {
    const count = Math.min(pagesEach, pages - document.getPageCount())
    writeChapter(document, fonts, body, { chapter, number: index + 1, pages: count, title })
  }
  await writeFile(path, await document.save())
}

type Chapter = { readonly chapter: string; readonly number: number; readonly pages: number; readonly title: string }

function writeChapter(document: PDFDocument, fonts: Fonts, body: Style, it: Chapter): void {
  const lines = paragraphs(it.number, it.pages * 5).flatMap((text, index) =>
    breakLines(text, textWidth, body, index === 0 ? 0 : 14),
  )
  for (let page = 0; page < it.pages; page += 1) {
    const sheet = document.addPage([width, height])
    const number = document.getPageCount()
    const left = number % 2 === 1 ? margins.inner : margins.outer
    const top = page === 0 ? openChapter(sheet, fonts, it, left) : runningHead(sheet, fonts, it, number, left)
    setColumn(sheet, lines, left, top, body)
    const folio = String(number)
    const folioWidth = fonts.regular.widthOfTextAtSize(folio, 9)
    sheet.drawText(folio, {
      x: left + (textWidth - folioWidth) / 2,
      y: margins.bottom - 30,
      size: 9,
      font: fonts.regular,
      color: ink,
    })
  }
}

/** Takes from `lines` what fits on the page. */
function setColumn(page: PDFPage, lines: Line[], x: number, top: number, style: Style): void {
  for (let y = top; y >= margins.bottom; y -= style.leading) {
    const line = lines.shift()
    if (!line) return
    setLine(page, line, x, y, textWidth, style)
  }
}

function titlePage(page: PDFPage, fonts: Fonts, title: string): void {
  const centred = (text: string, y: number, size: number, font = fonts.regular) =>
    page.drawText(text, { x: (width - font.widthOfTextAtSize(text, size)) / 2, y, size, font, color: ink })
  centred(title, height * 0.64, 26, fonts.bold)
  centred('Notes from a walk', height * 0.59, 13, fonts.italic)
  page.drawLine({
    start: { x: width / 2 - 20, y: height * 0.5 },
    end: { x: width / 2 + 20, y: height * 0.5 },
    thickness: 0.6,
    color: ink,
  })
  centred('Printcloud Samples', margins.bottom, 10)
}

function openChapter(page: PDFPage, fonts: Fonts, { chapter, number }: Chapter, left: number): number {
  page.drawText(String(number), { x: left, y: height - 100, size: 13, font: fonts.italic, color: ink })
  page.drawText(chapter, { x: left, y: height - 128, size: 20, font: fonts.bold, color: ink })
  return height - 190
}

function runningHead(page: PDFPage, fonts: Fonts, it: Chapter, number: number, left: number): number {
  const text = number % 2 === 1 ? it.chapter : it.title
  const wide = fonts.italic.widthOfTextAtSize(text, 9)
  const x = number % 2 === 1 ? left + textWidth - wide : left
  page.drawText(text, { x, y: height - margins.top + 22, size: 9, font: fonts.italic, color: ink })
  return height - margins.top
}
