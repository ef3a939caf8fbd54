import { readFile, writeFile } from 'node:fs/promises'
import {
  clip,
  concatTransformationMatrix,
  drawObject,
  endPath,
  PDFDocument,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
} from '@cantoo/pdf-lib'

/** Every page embedded and drawn nine times, so that its edges run on as mirror images: `node embed.ts IN OUT`. */
const [input = '', out = ''] = process.argv.slice(2)
const bleed = (3 / 25.4) * 72
const source = await PDFDocument.load(await readFile(input))
const document = await PDFDocument.create()
for (const embedded of await document.embedPages(source.getPages())) {
  const { width, height } = embedded
  const page = document.addPage([width + 2 * bleed, height + 2 * bleed])
  page.setTrimBox(bleed, bleed, width, height)
  const name = page.node.newXObject('Page', embedded.ref)
  const bands = (length: number) => [
    { scale: -1, shift: bleed, from: 0, size: bleed },
    { scale: -1, shift: 2 * length + bleed, from: length + bleed, size: bleed },
    { scale: 1, shift: bleed, from: bleed, size: length },
  ]
  for (const column of bands(width)) {
    for (const row of bands(height)) {
      page.pushOperators(
        pushGraphicsState(),
        rectangle(column.from, row.from, column.size, row.size),
        clip(),
        endPath(),
        concatTransformationMatrix(column.scale, 0, 0, row.scale, column.shift, row.shift),
        drawObject(name),
        popGraphicsState(),
      )
    }
  }
}
await writeFile(out, await document.save())
