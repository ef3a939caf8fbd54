import { readFile, writeFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'

/** Boxes for 3 mm of bleed around every page: `node boxes.ts IN OUT`. */
const [input = '', out = ''] = process.argv.slice(2)
const bleed = (3 / 25.4) * 72
const document = await PDFDocument.load(await readFile(input))
for (const page of document.getPages()) {
  const { x, y, width, height } = page.getMediaBox()
  page.setTrimBox(x, y, width, height)
  page.setMediaBox(x - bleed, y - bleed, width + 2 * bleed, height + 2 * bleed)
  page.setBleedBox(x - bleed, y - bleed, width + 2 * bleed, height + 2 * bleed)
}
await writeFile(out, await document.save())
