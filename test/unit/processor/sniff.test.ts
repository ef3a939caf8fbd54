import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { sniff } from '../../../services/processor/sniff/sniff.ts'
import { documentOf } from '../../fixtures/processor/documents.ts'
import { picture } from '../../fixtures/processor/pictures.ts'

const small = { widthPx: 40, heightPx: 40 }

describe('A file is what its bytes say', () => {
  test.each(['jpeg', 'png', 'tiff', 'webp', 'avif', 'gif'] as const)('%s', async (format) => {
    const bytes = await sharp(await picture(small))
      .toFormat(format)
      .toBuffer()
    expect(sniff(bytes)).toEqual({ kind: 'known', format })
  })

  test.each(['heic', 'heix', 'hevc', 'mif1', 'msf1'])('heic, of the brand %s', (brand) => {
    expect(sniff(Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0miafheic`, 'latin1'))).toEqual({
      kind: 'known',
      format: 'heic',
    })
  })

  test('pdf, also behind a kilobyte of rubbish', async () => {
    const pdf = await documentOf({ pages: 1, widthMm: 50, heightMm: 50 })
    expect(sniff(pdf)).toEqual({ kind: 'known', format: 'pdf' })
    expect(sniff(Buffer.concat([Buffer.alloc(1000, 32), pdf]))).toEqual({ kind: 'known', format: 'pdf' })
    expect(sniff(Buffer.concat([Buffer.alloc(1100, 32), pdf])).kind).toBe('unknown')
  })

  test.each([
    ['PK\u0003\u0004....mimetypeapplication/epub+zip', 'EPUB'],
    ['PK\u0003\u0004....[Content_Types].xml', 'DOCX'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'SVG'],
    ['\n <!DOCTYPE html><html>', 'HTML'],
    ['<?xml version="1.0"?><order/>', 'XML'],
    ['{"error":"expired"}', 'JSON'],
    ['%!PS-Adobe-3.0 EPSF-3.0', 'EPS'],
    ['8BPS....', 'Photoshop'],
    ['Rar!....', 'RAR'],
    ['....ftypisom....', 'video'],
    ['Dear printer, here is my book', 'plain text'],
  ])('%j is refused as %s', (text, words) => {
    expect(sniff(Buffer.from(text, 'latin1'))).toEqual({ kind: 'unknown', looksLike: expect.stringContaining(words) })
  })

  test('nothing is nothing', () => {
    expect(sniff(Buffer.alloc(0))).toEqual({ kind: 'empty' })
  })
})
