import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { openPdf } from '../../../../services/processor/pdf/open-pdf.ts'
import { pagesOf } from '../../../../services/processor/pdf/pages.ts'
import { PdfFault } from '../../../../services/processor/pdf/pdf-file.ts'
import { PdfStream } from '../../../../services/processor/pdf/values.ts'
import { hybridPdf, onePage, tinyPdf } from './tiny-pdf.ts'
import { byQpdf, hasQpdf } from './tools.ts'

/** Everything that a job would ask of a file; a PdfFault is an answer, any other error fails the test. */
function readAll(pdf: Buffer): number {
  try {
    const file = openPdf(memoryBytes(pdf))
    for (const number of file.objectNumbers()) {
      const value = file.object(number)
      if (value instanceof PdfStream) file.decoded(value, 1 << 20)
    }
    file.isWithoutLeftovers()
    return pagesOf(file).pages.length
  } catch (problem) {
    if (problem instanceof PdfFault) return -1
    throw problem
  }
}

const encrypt = ['--allow-weak-crypto', '--encrypt', '', 'o', '128', '--use-aes=y', '--']

const samples: readonly (readonly [string, () => Buffer | Promise<Buffer>, boolean])[] = [
  ['a table', () => tinyPdf(onePage), false],
  ['a hybrid table', hybridPdf, false],
  ['object streams', () => byQpdf(tinyPdf(onePage), '--object-streams=generate'), true],
  ['a linearized file', () => byQpdf(tinyPdf(onePage), '--linearize'), true],
  ['encryption', () => byQpdf(tinyPdf(onePage), '--static-id', ...encrypt), true],
]

describe('damage gives pages or a clear fault, never a crash:', () => {
  for (const [story, make, needsQpdf] of samples) {
    it.skipIf(needsQpdf && !hasQpdf)(`${story}, cut anywhere`, async () => {
      const pdf = await make()
      for (let to = 0; to < pdf.length; to += 7) expect(readAll(pdf.subarray(0, to))).toBeLessThanOrEqual(1)
      expect(readAll(pdf)).toBe(1)
    })

    it.skipIf(needsQpdf && !hasQpdf)(`${story}, bytes changed at random`, async () => {
      const pdf = await make()
      const change = fc.tuple(fc.nat(pdf.length - 1), fc.nat(255))
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
          const spoiled = Buffer.from(pdf)
          for (const [at, code] of changes) spoiled[at] = code
          expect(readAll(spoiled)).toBeGreaterThanOrEqual(-1)
        }),
        { seed: 3, numRuns: 300 },
      )
    })
  }
})

/** Made to hurt: each would run for ever or eat all memory if taken at its word. */
const hostile: Record<string, () => Buffer> = {
  'an object stream that holds itself': () =>
    tinyPdf([...onePage, '<< /Type /ObjStm /N 1 /First 4 /Length 5 0 R >>\nstream\n5 0 null\nendstream']),
  'a chain of references without end': () => tinyPdf([...onePage, '6 0 R', '5 0 R', '7 0 R']),
  'a table of a billion rows': () =>
    tinyPdf(onePage, { table: (rows) => `xref\n0 1000000000\n${rows}8000000 1\n0000000009 00000 n \n` }),
  'a size of a billion': () => tinyPdf(onePage, { trailer: '/Size 999999999999' }),
  'heads of objects without end': () => Buffer.from('1 0 obj\n<< '.repeat(20_000)),
  'strings opened without end': () => Buffer.from('1 0 obj ('.repeat(5_000)),
  'streams without end': () => Buffer.from('1 0 obj << /Length 9 >> stream\n'.repeat(5_000)),
}

describe('a file made to hurt is read in little time:', () => {
  it.each(Object.entries(hostile))('%s', (_, make) => {
    expect(readAll(make())).toBeLessThanOrEqual(1)
  })
})
