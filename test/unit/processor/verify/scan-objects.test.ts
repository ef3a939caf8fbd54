import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memoryBytes } from '../../../../services/processor/pdf/byte-sources.ts'
import { activeIn } from '../../../../services/processor/verify/scan-objects.ts'

const file = (...objects: readonly (string | Buffer)[]) =>
  memoryBytes(
    Buffer.concat([Buffer.from('%PDF-1.7\n'), ...objects.map((each) => Buffer.from(each)), Buffer.from('\n%%EOF')]),
  )

const page = '3 0 obj\n<< /Type /Page /Resources << /Font << /JS 4 0 R >> >> /Title (a /JS \\) >> script) >>\nendobj\n'

describe('Active content is seen in the bytes of a print file', () => {
  test('a script that no table names, before and after the update', () => {
    const script = '9 0 obj << /S /JavaScript /JS (app.alert\\(1\\)) >> endobj\n'
    expect(activeIn(file(script, page), true)).toEqual(['JS', 'JavaScript'])
    expect(activeIn(file(page, script), true)).toEqual(['JS', 'JavaScript'])
  })

  test('with its names written in escapes', () => {
    expect(activeIn(file('9 0 obj<</S/#4caunch/#46ields[1 0 R]>>endobj\n'), true)).toEqual(['AcroForm', 'Launch'])
  })

  test('under a name that is given twice', () => {
    expect(activeIn(file('9 0 obj<</S/Launch/S/GoTo>>endobj\n'), true)).toEqual(['Launch'])
  })

  test('packed into an object stream', () => {
    const packed = deflateSync(Buffer.from('9 0 << /S /Launch >> '))
    const head = `8 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`
    expect(activeIn(file(head, packed, '\nendstream\nendobj\n'), true)).toEqual(['Launch'])
  })

  test('an object stream that cannot be looked into is not vouched for', () => {
    const head =
      '8 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /LZWDecode /Length 3 >>\nstream\nabc\nendstream\nendobj\n'
    expect(activeIn(file(head), true)).toEqual(['a stream packed in an unusual way'])
  })
})

describe('What only looks active is let pass', () => {
  test('a font called /JS and words in a title', () => {
    expect(activeIn(file(page))).toEqual([])
  })

  test('links and an empty form in the bytes of a continued source, but in no file that is written anew', () => {
    const link = '9 0 obj << /Annots [7 0 R] /A << /S /URI /URI (https://example.com) >> >> endobj\n'
    const form = '5 0 obj << /AcroForm << /Fields [] >> /OpenAction [3 0 R /Fit] >> endobj\n'
    expect(activeIn(file(link, form), true)).toEqual([])
    expect(activeIn(file(link, form))).toEqual(['AcroForm', 'Annots', 'OpenAction', 'URI'])
  })
})
