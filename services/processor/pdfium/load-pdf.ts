import type { ByteSource } from '../pdf/byte-source.ts'
import type { Engine } from './engine.ts'
import { fileError, PdfiumError } from './pdfium-error.ts'

/** PDFium's file offsets are signed 32-bit numbers in this build. */
const mostBytes = 2 ** 31 - 1

/** Address of the opened document; throws PdfiumError. */
export function loadPdf(engine: Engine, bytes: Uint8Array | ByteSource): number {
  const document = bytes instanceof Uint8Array ? loadBytes(engine, bytes) : loadBlocks(engine, bytes)
  if (document === 0) throw new PdfiumError(engine.call('FPDF_GetLastError'))
  return document
}

function loadBytes(engine: Engine, bytes: Uint8Array): number {
  const address = engine.allocate(bytes.length + 1)
  if (address === 0) throw new Error('PDFium has no memory for the file')
  engine.memory().set(bytes, address)
  engine.memory()[address + bytes.length] = 0
  const password = address + bytes.length
  return engine.call('FPDF_LoadMemDocument', address, bytes.length, password)
}

/** FPDF_FILEACCESS: length, the function that copies a block, and what it is called with. Lives as long as the document. */
function loadBlocks(engine: Engine, source: ByteSource): number {
  if (source.size > mostBytes) throw new PdfiumError(fileError)
  const access = engine.allocate(16)
  const copy = engine.callback(4, (_parameter, position, target, size) => {
    const block = source.read(position, position + size)
    engine.memory().set(block, target)
    return block.length === size ? 1 : 0
  })
  const view = new DataView(engine.memory().buffer)
  for (const [index, word] of [source.size, copy, 0, 0].entries()) view.setUint32(access + index * 4, word, true)
  return engine.call('FPDF_LoadCustomDocument', access, access + 12)
}
