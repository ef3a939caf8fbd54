import { expect, test } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { openWithPdfium, PdfiumError } from '../../../../services/processor/pdfium/document.ts'
import { documentOf } from '../../../fixtures/processor/documents.ts'
import { passwordLocked } from '../../../fixtures/processor/hostile.ts'
import { pdfOf } from './hand-made.ts'

const book = async () => await documentOf({ pages: 30, widthMm: 148, heightMm: 210 })

test('A file read in blocks looks the same as one read as a whole', async () => {
  const bytes = await book()
  const [whole, blocks] = [await openWithPdfium(bytes), await openWithPdfium(memoryBytes(bytes))]
  expect(blocks.pageCount).toBe(30)
  expect(blocks.render(1, 100, 140).data).toEqual(whole.render(1, 100, 140).data)
  expect(blocks.rewritten()).toEqual(whole.rewritten())
  expect(blocks.render(9, 100, 140).data).toEqual(whole.render(9, 100, 140).data)
})

test('Of a large file only what page 1 needs is read', async () => {
  const dict = '/Type /XObject /Subtype /Image /Width 1500 /Height 1500 /BitsPerComponent 8 /ColorSpace /DeviceGray'
  const bytes = pdfOf({
    pages: [{ content: '0 g 0 0 300 300 re f' }, { content: '/P Do', resources: '/XObject << /P 100 0 R >>' }],
    objects: { 100: [dict, ' '.repeat(1500 * 1500)] },
  })
  let readBytes = 0
  const read = (from: number, to: number) => {
    readBytes += to - from
    return bytes.subarray(from, to)
  }
  const opened = await openWithPdfium({ size: bytes.length, read })
  opened.render(1, 20, 30)
  expect(readBytes).toBeLessThan(bytes.length / 4)
})

test('A locked file says so, however it is read', async () => {
  const bytes = await passwordLocked(1)
  for (const way of [bytes, memoryBytes(bytes)]) {
    const error = await openWithPdfium(way).catch((fault: unknown) => fault)
    expect(error).toBeInstanceOf(PdfiumError)
    expect(error).toMatchObject({ needsPassword: true })
  }
})

test('What a block cannot give is a file that cannot be opened, not a crash', async () => {
  const bytes = await book()
  const cut = { size: bytes.length, read: (from: number, to: number) => bytes.subarray(from, Math.min(to, 200)) }
  await expect(openWithPdfium(cut)).rejects.toBeInstanceOf(PdfiumError)
})
