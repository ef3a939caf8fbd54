import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'

/** The photo book as a first try would make it: `node photo-book.ts FOLDER OUT`. */
const [folder = '', out = ''] = process.argv.slice(2)
const points = (millimetres: number): number => (millimetres / 25.4) * 72
const document = await PDFDocument.create()
for (const name of (await readdir(folder)).filter((each) => /^photo-\d\d\.jpg$/.test(each)).toSorted()) {
  const jpeg = await sharp(await readFile(join(folder, name)))
    .rotate()
    .resize(2551, 3378, { fit: 'cover' })
    .jpeg({ quality: 92 })
    .toBuffer()
  const page = document.addPage([points(216), points(286)])
  page.setTrimBox(points(3), points(3), points(210), points(280))
  page.drawImage(await document.embedJpg(jpeg), { x: 0, y: 0, width: points(216), height: points(286) })
}
await writeFile(out, await document.save())
