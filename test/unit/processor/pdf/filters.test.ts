import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeStream } from '../../../../services/processor/pdf/filters.ts'
import { PdfName, type PdfValue } from '../../../../services/processor/pdf/values.ts'

const text = Buffer.from('What is undone must be what was done. '.repeat(200), 'latin1')

function decoded(
  data: Buffer,
  filters: readonly string[],
  parameters: Record<string, number> = {},
  most = 1 << 20,
): Buffer {
  const dict = new Map<string, PdfValue>([
    ['Filter', filters.map((filter) => new PdfName(filter))],
    ['DecodeParms', [new Map<string, PdfValue>(Object.entries(parameters))]],
  ])
  return decodeStream(data, dict, most, (value) => value)
}

describe('filters', () => {
  it('chains are undone in their order', () => {
    const hex = Buffer.from(`${deflateSync(text).toString('hex')}>`)
    expect(decoded(hex, ['ASCIIHexDecode', 'FlateDecode'])).toEqual(text)
    expect(decoded(hex, ['AHx', 'Fl'])).toEqual(text)
  })

  it('ASCII85 is undone, with z, white space and a short last group', () => {
    const data = Buffer.from('<~87cUR\nD_*#4 DfTZ)z~>junk')
    expect(decoded(data, ['ASCII85Decode'])).toEqual(Buffer.from('Hello, World\0\0\0\0'))
    expect(decoded(Buffer.from('87cURDZ~>'), ['A85']).toString()).toBe('Hello')
  })

  it('run lengths are undone', () => {
    expect(decoded(Buffer.from([2, 65, 66, 67, 254, 68, 128, 1]), ['RunLengthDecode']).toString()).toBe('ABCDDD')
  })

  it('LZW of the specification is undone', () => {
    const data = Buffer.from('800b6050220c0c8501', 'hex')
    expect(decoded(data, ['LZWDecode'])).toEqual(Buffer.from([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]))
  })

  it('predictors of PNG and TIFF are undone', () => {
    const png = Buffer.from([0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 2, 2, 2, 4, 1, 1, 1])
    const rows = [1, 2, 3, 1, 2, 3, 2, 3, 4, 3, 5, 6, 4, 6, 7]
    expect([...decoded(deflateSync(png), ['FlateDecode'], { Predictor: 15, Columns: 3 })]).toEqual(rows)
    const tiff = deflateSync(Buffer.from([1, 2, 3, 1, 1, 1]))
    expect([...decoded(tiff, ['FlateDecode'], { Predictor: 2, Columns: 2, Colors: 3 })]).toEqual([1, 2, 3, 2, 3, 4])
  })

  it('pictures stay as they are stored', () => {
    expect(decoded(deflateSync(Buffer.from('jpeg')), ['FlateDecode', 'DCTDecode']).toString()).toBe('jpeg')
  })

  it('damaged Flate data give what came before the damage', () => {
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index * 7919) >> 5))
    const data = deflateSync(noise)
    expect(decoded(data.subarray(0, data.length >> 1), ['FlateDecode']).length).toBeGreaterThan(1000)
    const spoiled = Buffer.from(data)
    spoiled.fill(255, data.length >> 1)
    const salvaged = decoded(spoiled, ['FlateDecode'])
    expect(salvaged.length).toBeGreaterThan(1000)
    expect(salvaged.subarray(0, 1000)).toEqual(noise.subarray(0, 1000))
    const wrongSum = Buffer.from(data)
    wrongSum.fill(0, data.length - 4)
    expect(decoded(wrongSum, ['FlateDecode'])).toEqual(noise)
  })

  it('what unpacks to more than is allowed is refused', () => {
    const bomb = deflateSync(Buffer.alloc(1 << 22))
    expect(() => decoded(bomb, ['FlateDecode'], {}, 1 << 20)).toThrow(/unpacks to more/)
    expect(() => decoded(deflateSync(bomb), ['FlateDecode', 'FlateDecode'], {}, 1 << 20)).toThrow(/unpacks to more/)
    expect(() => decoded(Buffer.alloc(20_000, 129), ['RunLengthDecode'], {}, 10_000)).toThrow(/unpacks to more/)
    expect(() => decoded(Buffer.alloc(20_000, 122), ['ASCII85Decode'], {}, 10_000)).toThrow(/unpacks to more/)
  })
})
