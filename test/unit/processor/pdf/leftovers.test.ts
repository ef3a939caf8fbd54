import { expect, it } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { openPdf } from '../../../../services/processor/pdf/open-pdf.ts'
import { onePage, tinyPdf } from './tiny-pdf.ts'
import { byQpdf, hasQpdf } from './tools.ts'

const isClean = (pdf: Buffer): boolean => openPdf(memoryBytes(pdf)).isWithoutLeftovers()
const plain = tinyPdf(onePage)

/** The file with a newer state of object 3 appended by hand. */
function updated(): Buffer {
  const object = '3 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n'
  const start = plain.length + object.length
  const row = `${String(plain.length).padStart(10, '0')} 00000 n \n`
  const trailer = `trailer\n<< /Size 5 /Root 1 0 R /Prev ${plain.lastIndexOf('\nxref') + 1} >>`
  return Buffer.concat([plain, Buffer.from(`${object}xref\n3 1\n${row}${trailer}\nstartxref\n${start}\n%%EOF\n`)])
}

it('a fresh file has no leftovers', () => {
  expect(isClean(plain)).toBe(true)
})

it('an older state of a page is a leftover', () => {
  expect(isClean(updated())).toBe(false)
})

it('what stands behind the end of the file is a leftover, white space is not', () => {
  expect(isClean(Buffer.concat([plain, Buffer.from('\r\n\0\0  \n')]))).toBe(true)
  expect(isClean(Buffer.concat([plain, Buffer.from('PK\x03\x04')]))).toBe(false)
})

it('an object that the table does not know is a leftover', () => {
  const hidden = '9 0 obj << /S /JavaScript >> endobj\n'
  expect(isClean(tinyPdf(onePage, { head: `%PDF-1.4\n${hidden}` }))).toBe(false)
})

it.each([
  [
    'a stream that is its own length',
    () => tinyPdf([...onePage.slice(0, 3), onePage[3]?.replace('20', '4 0 R') ?? '']),
  ],
  ['a stream of another length', () => tinyPdf([...onePage.slice(0, 3), onePage[3]?.replace('20', '7') ?? ''])],
  ['an object that is a reference', () => tinyPdf([...onePage, '4 0 R'])],
  ['an object that is nothing', () => tinyPdf([...onePage, ''])],
  ['a dictionary with a value that has no key', () => tinyPdf([...onePage, '<< /A 1 2 /B 3 >>'])],
  ['a dictionary with a key that has no value', () => tinyPdf([...onePage, '<< /A 1 /B >>'])],
  ['a table that follows itself', circling],
  ['a size beyond what other readers count', () => sized('99999999999999999999')],
  ['a name with a # that means nothing', () => tinyPdf([...onePage, '<< /A#zz 1 >>'])],
  ['a hexadecimal string with another letter in it', () => tinyPdf([...onePage, '<41qq42>'])],
  ['a dictionary with one key twice', () => tinyPdf([...onePage, '<< /A 1 /A 2 >>'])],
  ['a number that runs into the next word', () => tinyPdf([...onePage, '58endobj'])],
  [
    'a stream behind a line that only a carriage return ends',
    () => tinyPdf(withFourth((body) => body.replace('stream\n', 'stream\r'))),
  ],
  [
    'an object in use that is nowhere',
    () => tinyPdf([...onePage, '7'], { table: withLastRow('0000000000 00000 n \n') }),
  ],
  [
    'a row of the table that is written otherwise',
    () => tinyPdf([...onePage, '7'], { table: withLastRow('0000000000 0 f \n') }),
  ],
  ['a table that announces more rows than it has', () => tinyPdf([...onePage, '7'], { table: withLastRow('') })],
])('%s is no ground to build on', (_, make) => {
  expect(isClean(make())).toBe(false)
})

const withFourth = (change: (body: string) => string): string[] => [...onePage.slice(0, 3), change(onePage[3] ?? '')]

/** A table of six rows whose last one is another. */
const withLastRow = (row: string) => (rows: string) => `xref\n0 6\n${rows.slice(0, -20)}${row}`

const sized = (size: string): Buffer =>
  Buffer.from(plain.toString('latin1').replace(/\/Size \d+/, `/Size ${size}`), 'latin1')

function circling(): Buffer {
  const circle = tinyPdf(onePage, { trailer: '/Prev 000' })
  return Buffer.from(
    circle.toString('latin1').replace('/Prev 000', `/Prev ${circle.lastIndexOf('\nxref') + 1}`),
    'latin1',
  )
}

it('a file in front of the file is a leftover', () => {
  expect(isClean(Buffer.concat([Buffer.from('GIF89a\n'), plain]))).toBe(false)
})

it.skipIf(!hasQpdf).each([
  ['linearized', ['--linearize']],
  ['linearized with object streams', ['--linearize', '--object-streams=generate']],
  ['with object streams', ['--object-streams=generate']],
  ['in QDF form with comments', ['--qdf']],
])('a file by qpdf, %s, has no leftovers', async (_, options) => {
  expect(isClean(await byQpdf(plain, ...options))).toBe(true)
})
