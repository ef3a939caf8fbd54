import { readFile, writeFile } from 'node:fs/promises'
import { type Color, PDFDocument, type PDFImage, type PDFPage, rgb } from '@cantoo/pdf-lib'
import { fixedDate } from './fixed-date.ts'
import { paragraphs } from './prose.ts'
import { breakLines, embedFonts, type Fonts, type Style, setLine } from './typesetter.ts'

const pointsPerMm = 72 / 25.4
const trimWidth = 210 * pointsPerMm
const trimHeight = 297 * pointsPerMm
const bleed = 3 * pointsPerMm
const margin = 18 * pointsPerMm
const gutter = 6 * pointsPerMm
const columnWidth = (trimWidth - 2 * margin - 2 * gutter) / 3
const white = rgb(1, 1, 1)
const ink = rgb(0.09, 0.09, 0.09)
const accents = [rgb(0.12, 0.25, 0.56), rgb(0.66, 0.25, 0.16), rgb(0.18, 0.4, 0.35)] as const
const stories = [
  'The slow river',
  'Ink and weather',
  'Seven kinds of fog',
  'The last typefounder',
  'North by barge',
  'What paper knows',
  'A winter orchard',
]

/** Writes a magazine of 16 A4 pages with 3 mm bleed and its boxes set, as a designer would hand it in. */
export async function writeMagazine(path: string, photos: readonly string[]): Promise<void> {
  const document = await PDFDocument.create()
  document.setTitle('Upstream')
  document.setCreationDate(fixedDate)
  document.setModificationDate(fixedDate)
  const fonts = await embedFonts(document)
  const images: PDFImage[] = []
  // One after the other: object numbers, and so the bytes, must not depend on which file is read first.
  for (const photo of photos) images.push(await document.embedJpg(await readFile(photo)))
  const image = (index: number): PDFImage | undefined => images[index % images.length]

  cover(addPage(document), fonts, image(0))
  for (const [index, story] of stories.entries()) {
    const accent = accents[index % accents.length] ?? ink
    opener(addPage(document), fonts, { story, number: index + 1, accent, image: image(index + 1) })
    columns(addPage(document), fonts, { story, number: index + 1, accent, page: document.getPageCount() })
  }
  back(addPage(document), fonts)
  await writeFile(path, await document.save())
}

/** A page whose origin is the lower left corner of the trim, so that bleed lies at negative coordinates. */
function addPage(document: PDFDocument): PDFPage {
  const page = document.addPage([trimWidth + 2 * bleed, trimHeight + 2 * bleed])
  page.setMediaBox(-bleed, -bleed, trimWidth + 2 * bleed, trimHeight + 2 * bleed)
  page.setBleedBox(-bleed, -bleed, trimWidth + 2 * bleed, trimHeight + 2 * bleed)
  page.setTrimBox(0, 0, trimWidth, trimHeight)
  return page
}

function fill(page: PDFPage, color: Color, bottom: number, top: number): void {
  page.drawRectangle({ x: -bleed, y: bottom, width: trimWidth + 2 * bleed, height: top - bottom, color })
}

/** A photo as wide as page and bleed, its upper edge in the bleed; returns its lower edge. */
function photoAtTop(page: PDFPage, image: PDFImage | undefined, share: number): number {
  const bottom = trimHeight * (1 - share)
  if (!image) return bottom
  const width = trimWidth + 2 * bleed
  const height = (width / image.width) * image.height
  page.drawImage(image, { x: -bleed, y: trimHeight + bleed - height, width, height })
  if (share < 1) fill(page, white, -bleed, bottom)
  return bottom
}

function cover(page: PDFPage, fonts: Fonts, image: PDFImage | undefined): void {
  photoAtTop(page, image, 1)
  page.drawText('Upstream', { x: margin, y: trimHeight - 110, size: 84, font: fonts.bold, color: white })
  page.drawText('A magazine about going slowly · No. 1', {
    x: margin + 4,
    y: trimHeight - 152,
    size: 15,
    font: fonts.italic,
    color: white,
  })
  for (const [index, story] of stories.slice(0, 4).entries()) {
    page.drawText(story, { x: margin, y: 130 - index * 24, size: 17, font: fonts.regular, color: white })
  }
}

type Story = { readonly story: string; readonly number: number; readonly accent: Color }

function opener(page: PDFPage, fonts: Fonts, it: Story & { readonly image: PDFImage | undefined }): void {
  const bottom = photoAtTop(page, it.image, 0.66)
  page.drawRectangle({ x: margin, y: bottom - 22, width: 46, height: 5, color: it.accent })
  page.drawText(it.story, { x: margin, y: bottom - 66, size: 38, font: fonts.bold, color: it.accent })
  const style: Style = { font: fonts.italic, size: 13, leading: 19 }
  const text = paragraphs(100 + it.number, 1)[0] ?? ''
  const width = trimWidth - 2 * margin
  for (const [index, line] of breakLines(text, width, style, 0).slice(0, 7).entries()) {
    setLine(page, line, margin, bottom - 100 - index * style.leading, width, style)
  }
}

function columns(page: PDFPage, fonts: Fonts, it: Story & { readonly page: number }): void {
  fill(page, it.accent, trimHeight - 44, trimHeight + bleed)
  page.drawText(it.story, { x: margin, y: trimHeight - 30, size: 13, font: fonts.italic, color: white })
  const style: Style = { font: fonts.regular, size: 9.5, leading: 13.2 }
  const lines = paragraphs(200 + it.number, 14).flatMap((text, index) =>
    breakLines(text, columnWidth, style, index === 0 ? 0 : 10),
  )
  for (let column = 0; column < 3; column += 1) {
    const x = margin + column * (columnWidth + gutter)
    for (let y = trimHeight - 84; y > 70; y -= style.leading) {
      const line = lines.shift()
      if (line) setLine(page, line, x, y, columnWidth, style)
    }
  }
  page.drawText(String(it.page), { x: trimWidth - margin - 12, y: 40, size: 10, font: fonts.bold, color: it.accent })
}

function back(page: PDFPage, fonts: Fonts): void {
  fill(page, accents[0], -bleed, trimHeight + bleed)
  page.drawText('Upstream', { x: margin, y: 92, size: 30, font: fonts.bold, color: white })
  page.drawText('Made by script for Printcloud. Set in Source Serif 4.', {
    x: margin,
    y: 70,
    size: 10,
    font: fonts.italic,
    color: white,
  })
}
