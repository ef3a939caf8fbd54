import { expect, test } from 'vitest'
import { finding } from '../../../../services/processor/job/finding.ts'
import { failureWords } from '../../../../services/processor/thumbnail/failure-words.ts'
import { thumbnailSizes } from '../../../../services/processor/thumbnail/thumbnail-sizes.ts'

test.each([
  ['a photo', [4000, 3000], ['160x120', '320x240', '640x480']],
  ['a picture that has just the largest width', [640, 100], ['160x25', '320x50', '640x100']],
  ['a picture between two widths ends with its own', [500, 700], ['160x224', '320x448', '500x700']],
  ['a picture narrower than the smallest', [100, 80], ['100x80']],
  ['a single pixel', [1, 1], ['1x1']],
  ['a line', [5000, 1], ['160x1', '320x1', '640x1']],
  ['a strip that nobody has room for', [640, 12_800], ['128x2560']],
  ['a hair', [1, 100_000], ['1x2560']],
])('%s is made in sizes that are never larger than itself', (_, [widthPx = 0, heightPx = 0], sizes) => {
  const made = thumbnailSizes({ widthPx, heightPx }, [160, 320, 640])
  expect(made.map((size) => `${size.widthPx}x${size.heightPx}`)).toEqual(sizes)
})

test('a publisher is told in one sentence what was found and what to do, however long the words of a file are', () => {
  const words = { found: 'a web page', wanted: 'PDF', action: 'Order again.' }
  expect(failureWords([finding('UNSUPPORTED_FORMAT', words)])).toBe(
    'This kind of file cannot be shown (a web page): use a PDF, or a JPEG, PNG, TIFF, WebP, AVIF, HEIC or GIF picture, or a ZIP of pictures.',
  )
  expect(failureWords([finding('PROCESSING_FAILED', words)])).toBe(
    'Our side failed several times over: nothing is wrong on yours; save the publication again.',
  )
  expect(failureWords([finding('UNSUPPORTED_FORMAT', { ...words, found: 'x'.repeat(900) })]).length).toBeLessThan(501)
})
