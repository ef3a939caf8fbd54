import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../../services/processor/pdf/serialise.ts'
import { ValueReader } from '../../../../services/processor/pdf/value-reader.ts'
import { PdfName, PdfRef, PdfString, type PdfValue } from '../../../../services/processor/pdf/values.ts'

function parsed(text: string): PdfValue | undefined {
  const reader = new ValueReader()
  reader.open(Buffer.from(`${text} `, 'latin1'), 0)
  return reader.value()
}

const latin = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 12,
})
const name = latin.map((text) => new PdfName(text))
const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => new PdfString(Buffer.from(array)))
const ref = fc.tuple(fc.nat(8_000_000), fc.nat(65_535)).map(([number, generation]) => new PdfRef(number, generation))
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const { value } = fc.letrec<{ value: PdfValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    number,
    name,
    bytes,
    ref,
    fc.array(tie('value'), { maxLength: 6 }),
    fc
      .uniqueArray(fc.tuple(latin, tie('value')), { maxLength: 6, selector: ([key]) => key })
      .map((list) => new Map(list)),
  ),
}))

describe('syntax', () => {
  it('any value is the same after it was written and read', () => {
    fc.assert(
      fc.property(value, (before) => {
        expect(parsed(textOf(before, ({ number, generation }) => `${number} ${generation} R`))).toEqual(before)
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  it.each([
    ['--5', -5],
    ['5.-3', 5],
    ['+.5', 0.5],
    ['-.002', -0.002],
    ['4.', 4],
    ['.', 0],
    ['-', 0],
    ['1.2.3', 1.2],
    ['0000012', 12],
    ['123456789012345678901234567890', Number('123456789012345678901234567890')],
    ['0.1234567890123456789012345', Number('0.1234567890123456789012345')],
  ])('the number %s is %d', (text, expected) => {
    expect(parsed(text)).toBe(expected)
  })

  it.each([
    ['(a(b)c\\)d)', 'a(b)c)d'],
    ['(\\101\\7\\0531)', 'A\x07+1'],
    ['(one\\\r\ntwo\r\nthree\rfour)', 'onetwo\nthree\nfour'],
    ['(\\n\\r\\t\\b\\f\\(\\)\\\\\\q)', '\n\r\t\b\f()\\q'],
    ['<48 65\n6c6C 6F>', 'Hello'],
    ['<414>', 'A@'],
    ['<>', ''],
  ])('the string %j is read', (text, expected) => {
    expect(parsed(text)).toEqual(new PdfString(Buffer.from(expected, 'latin1')))
  })

  it('names lose their escapes, and a lone # stays', () => {
    expect(parsed('/A#20B#2fC')).toEqual(new PdfName('A B/C'))
    expect(parsed('/C#')).toEqual(new PdfName('C#'))
    expect(parsed('/C#4')).toEqual(new PdfName('C#4'))
    expect(parsed('/')).toEqual(new PdfName(''))
  })

  it('references are told from numbers', () => {
    expect(parsed('[1 0 R 2 3 4 0 R/N 5 0 6 0R]')).toEqual([
      new PdfRef(1, 0),
      2,
      3,
      new PdfRef(4, 0),
      new PdfName('N'),
      5,
      0,
      new PdfRef(6, 0),
    ])
  })

  it('brackets that are missing or too many do not lose what is there', () => {
    expect(parsed('<< /A [1 2 /B >>')).toEqual(new Map([['A', [1, 2, new PdfName('B')]]]))
    expect(parsed('<< /A 1 ] /B 2 junk /C 3 >>')).toEqual(
      new Map([
        ['A', 1],
        ['B', 2],
        ['C', 3],
      ]),
    )
  })

  it('values nested without end are refused, not a crash', () => {
    expect(() => parsed('['.repeat(100_000))).toThrow(/nested/)
    expect(() => parsed('<</A'.repeat(100_000))).toThrow(/nested/)
  })
})
