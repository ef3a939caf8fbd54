import { deflateSync } from 'node:zlib'
import { endlessTree, pageBomb } from '../../fixtures/processor/hostile.ts'
import type { HostileFile } from './hostile-file.ts'
import { plainObjects, type RawObject, rawPdf, stream } from './raw-pdf.ts'

const document = (name: string, bytes: Buffer): HostileFile => ({ name, bytes, kind: 'document' })

/** The plain book with another content stream. */
const withContent = (object: RawObject): readonly RawObject[] => [
  ...plainObjects().filter(({ number }) => number !== object.number),
  object,
]

/** Bombs, cycles, depth and numbers that lie: each small, each made to hurt a reader that believes it. */
export function lyingFiles(): HostileFile[] {
  return [...bombs(), ...cycles(), ...depths(), ...numbers(), ...metadata()]
}

function bombs(): HostileFile[] {
  const zeros = deflateSync(Buffer.alloc(200_000_000, 0x20))
  const twice = deflateSync(zeros)
  const thrice = deflateSync(twice)
  const image =
    '/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode'
  return [
    document('content of 200 MB', rawPdf(withContent(stream(4, '/Filter /FlateDecode', zeros)))),
    document('content packed twice', rawPdf(withContent(stream(4, '/Filter [/FlateDecode /FlateDecode]', twice)))),
    document(
      'content packed three times',
      rawPdf(withContent(stream(4, '/Filter [/FlateDecode /FlateDecode /FlateDecode]', thrice))),
    ),
    document(
      'filters by the thousand',
      rawPdf(withContent(stream(4, `/Filter [${'/ASCIIHexDecode '.repeat(5000)}]`, Buffer.from('20')))),
    ),
    document(
      'picture of 10 GB in a page',
      rawPdf([
        ...plainObjects({ page: '/Resources << /XObject << /I 6 0 R >> >>' }).filter(({ number }) => number !== 4),
        stream(4, '', Buffer.from('q 400 0 0 500 0 0 cm /I Do Q')),
        stream(6, image, deflateSync(Buffer.alloc(1000))),
      ]),
    ),
    document(
      'object stream of a billion',
      rawPdf([...plainObjects(), stream(6, '/Type /ObjStm /N 1000000000 /First 10', Buffer.from('1 0 2 0 << >>'))]),
    ),
    document(
      'predictor wider than memory',
      rawPdf(
        withContent(
          stream(
            4,
            '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>',
            deflateSync(Buffer.alloc(500)),
          ),
        ),
      ),
    ),
    document('page bomb', pageBomb()),
  ]
}

function cycles(): HostileFile[] {
  return [
    document('endless tree', endlessTree()),
    document('page that is its own parent', rawPdf(plainObjects({ page: '/Parent 3 0 R' }))),
    document(
      'tree that holds itself',
      rawPdf(plainObjects({ pages: '<< /Type /Pages /Count 2 /Kids [2 0 R 3 0 R] >>' })),
    ),
    document(
      'content that holds itself',
      rawPdf([...plainObjects({ page: '/Contents 6 0 R' }), { number: 6, text: '[6 0 R 4 0 R 6 0 R]' }]),
    ),
    document(
      'length that is itself',
      rawPdf(withContent({ number: 4, text: '<< /Length 4 0 R >>', data: Buffer.from('q Q') })),
    ),
    document(
      'resources in a circle',
      rawPdf([
        ...plainObjects({ page: '/Resources 6 0 R' }),
        { number: 6, text: '<< /XObject << /A 7 0 R >> >>' },
        stream(7, '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources 6 0 R', Buffer.from('/A Do')),
      ]),
    ),
    document(
      'form that draws itself',
      rawPdf([
        ...withContent(stream(4, '', Buffer.from('/A Do'))).filter(({ number }) => number !== 3),
        {
          number: 3,
          text: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /XObject << /A 7 0 R >> >> >>',
        },
        stream(
          7,
          '/Type /XObject /Subtype /Form /BBox [0 0 400 500] /Resources << /XObject << /A 7 0 R >> >>',
          Buffer.from('/A Do /A Do /A Do'),
        ),
      ]),
    ),
    document(
      'table that follows itself',
      Buffer.from(
        rawPdf(plainObjects())
          .toString('latin1')
          .replace(/(\/Size \d+) .*?(>>\nstartxref\n)(\d+)/s, '$1 /Root 1 0 R /Prev $3 $2$3'),
        'latin1',
      ),
    ),
    document(
      'chain of references',
      rawPdf([
        ...plainObjects({ page: '/Rotate 100 0 R' }),
        ...Array.from({ length: 3000 }, (_, index) => ({ number: 100 + index, text: `${101 + index} 0 R` })),
      ]),
    ),
  ]
}

function depths(): HostileFile[] {
  const deep = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels)
  return [1000, 20_000, 200_000].flatMap((levels) => [
    document(`lists ${levels} deep`, rawPdf(plainObjects({ page: `/X ${deep('[', ']', levels)}` }))),
    document(`dictionaries ${levels} deep`, rawPdf(plainObjects({ page: `/X ${deep('<< /A ', '>>', levels)}` }))),
    document(`states ${levels} deep`, rawPdf(withContent(stream(4, '', Buffer.from(deep('q ', 'Q ', levels)))))),
    document(`strings ${levels} deep`, rawPdf(plainObjects({ page: `/X ${deep('(', ')', levels)}` }))),
    document(`open lists ${levels} deep`, rawPdf(plainObjects({ page: `/X ${'['.repeat(levels)}` }))),
  ])
}

function numbers(): HostileFile[] {
  const pages = (entries: string): Buffer =>
    rawPdf(plainObjects({ pages: `<< /Type /Pages /Kids [3 0 R] ${entries} >>` }))
  const page = (entries: string): Buffer => rawPdf(plainObjects({ page: entries }))
  const edges = [
    '0',
    '-1',
    '2147483647',
    '-2147483648',
    '4294967296',
    '1e400',
    '99999999999999999999',
    '0.0000000001',
    'null',
    '(12)',
  ]
  return [
    ...edges.map((value) => document(`count ${value}`, pages(`/Count ${value}`))),
    ...edges.map((value) =>
      document(
        `length ${value}`,
        rawPdf(withContent({ number: 4, text: `<< /Length ${value} >>`, data: Buffer.from('0 0 99 99 re f') })),
      ),
    ),
    ...edges.map((value) => document(`width ${value}`, page(`/MediaBox [0 0 ${value} 595]`))),
    ...edges.map((value) => document(`turned by ${value}`, page(`/Rotate ${value}`))),
    ...edges.map((value) => document(`unit ${value}`, page(`/UserUnit ${value}`))),
    ...edges.map((value) =>
      document(
        `size ${value}`,
        Buffer.from(
          rawPdf(plainObjects())
            .toString('latin1')
            .replace(/\/Size \d+/, `/Size ${value}`),
          'latin1',
        ),
      ),
    ),
    document('box inside out', page('/MediaBox [420 595 0 0]')),
    document('trim outside the page', page('/TrimBox [1000 1000 2000 2000]')),
    document(
      'rows of no width',
      rawPdf([
        ...plainObjects(),
        stream(6, '/Type /XRef /W [0 0 0] /Size 2147483647 /Index [0 2147483647]', Buffer.alloc(4)),
      ]),
    ),
  ]
}

/** XMP that asks a careless reader for a file of the machine or swells to gigabytes. */
function metadata(): HostileFile[] {
  const external =
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&e;</x:xmpmeta>'
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha">${'bcdefghij'
    .split('')
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)
    .join('')}]><l>&j;</l>`
  return [external, laughs].map((xmp, index) =>
    document(
      `metadata ${index + 1}`,
      rawPdf([
        ...plainObjects({ catalog: '/Metadata 6 0 R' }),
        stream(6, '/Type /Metadata /Subtype /XML', Buffer.from(xmp)),
      ]),
    ),
  )
}
