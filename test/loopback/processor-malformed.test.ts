import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { convert } from '../../services/processor/job/convert.ts'
import { Rejected } from '../../services/processor/job/rejected.ts'
import { enterRooms } from '../../services/processor/job/rooms.ts'
import { openSandboxPool, type SandboxPool } from '../../services/processor/sandbox/pool.ts'
import { productFor } from '../promises/p09/hostile-products.ts'
import { plainObjects, type RawObject, rawPdf, stream } from '../promises/p09/raw-pdf.ts'

const log = createLog('test', 'fatal')
let home: string
let pool: SandboxPool

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'malformed-'))
  pool = await openSandboxPool(join(home, 'work'), 2, log)
})
afterAll(async () => {
  await pool?.close()
  await rm(home, { recursive: true, force: true })
})

const media = '/Type /Page /Parent 2 0 R /MediaBox [0 0 420 595]'
const drawn = Buffer.from('0.2 0.5 0.7 rg 40 40 300 400 re f')

/** The plain book with these objects in the place of its own. */
const book = (...objects: readonly RawObject[]): Buffer => {
  const numbers = new Set(objects.map(({ number }) => number))
  return rawPdf([...plainObjects().filter(({ number }) => !numbers.has(number)), ...objects])
}
const content = (text: string): Buffer => book(stream(4, '', Buffer.from(text)))
const page = (entries: string, ...more: readonly RawObject[]): Buffer =>
  book({ number: 3, text: `<< ${entries} >>` }, ...more)
/** A page that paints form 6. */
const form = (entries: string, text: string): Buffer =>
  page(
    `${media} /Contents 4 0 R /Resources << /XObject << /F 6 0 R >> >>`,
    stream(4, '', Buffer.from('/F Do 0 g 60 60 100 100 re f')),
    stream(6, `/Type /XObject /Subtype /Form ${entries}`, Buffer.from(text)),
  )

const files: readonly (readonly [name: string, file: Buffer])[] = [
  ['more states opened than closed', content(`${'q '.repeat(40)} 0.5 g 9 9 300 300 re f`)],
  ['more states closed than opened', content(`${'Q '.repeat(40)} 0.5 g 9 9 300 300 re f`)],
  ['a form that closes states of its page', form('/BBox [0 0 400 500]', 'Q Q Q Q 0.5 g 9 9 300 300 re f')],
  ['a form that leaves states open', form('/BBox [0 0 400 500]', 'q q q 0.5 g 9 9 300 300 re f')],
  ['a form within states that never began', form('/BBox [0 0 400 500]', 'BT Q ET Q q 0.5 g 9 9 300 300 re f')],
  ['a form without a box', form('', '0.5 g 9 9 300 300 re f')],
  ['a form whose box is words', form('/BBox [(a) /b null true]', '0.5 g 9 9 300 300 re f')],
  ['a form whose matrix has five numbers', form('/BBox [0 0 400 500] /Matrix [1 0 0 1 0]', '0.5 g 9 9 300 300 re f')],
  ['a form whose matrix is huge', form('/BBox [0 0 400 500] /Matrix [1e38 0 0 1e38 0 0]', '9 9 300 300 re f')],
  [
    'a form whose matrix is beyond any number',
    form(`/BBox [0 0 400 500] /Matrix [${'9'.repeat(400)} 0 0 ${'9'.repeat(400)} 0 0]`, '9 9 300 300 re f'),
  ],
  ['a form whose matrix has no inverse', form('/BBox [0 0 400 500] /Matrix [0 0 0 0 0 0]', '9 9 300 300 re f')],
  ['matrices that are no numbers', content('q NaN 0 0 Infinity 0 0 cm 0.5 g 9 9 300 300 re f Q')],
  ['matrices of 400 digits', content(`q ${'9'.repeat(400)} 0 0 -${'9'.repeat(400)} 0 0 cm 9 9 300 300 re f Q`)],
  ['matrices multiplied a thousand times', content(`${'1e3 0 0 1e3 0 0 cm '.repeat(1000)} 9 9 300 300 re f`)],
  ['numbers with two signs and three points', content('--5 1.2.3 +-7 4- re f 0.5 g 9 9 300 300 re f')],
  ['resources that are a list', page(`${media} /Contents 4 0 R /Resources [1 2 3]`)],
  ['resources that are a number', page(`${media} /Contents 4 0 R /Resources 7`)],
  ['resources that are the page', page(`${media} /Contents 4 0 R /Resources 3 0 R`)],
  ['resources that are a stream', page(`${media} /Contents 4 0 R /Resources 4 0 R`)],
  ['fonts that are words', page(`${media} /Contents 4 0 R /Resources << /Font (F) /XObject /A /ColorSpace 3 >>`)],
  ['content that is a dictionary', page(`${media} /Contents << /Length 5 >> /Resources << >>`)],
  ['content that is a word', page(`${media} /Contents /Nothing /Resources << >>`)],
  ['content that is a page', page(`${media} /Contents 3 0 R /Resources << >>`)],
  ['content in a list of everything', page(`${media} /Contents [null 4 0 R (x) [4 0 R] << >> 99 0 R 4 0 R 3]`)],
  [
    'a page that is its tree’s child twice',
    book({ number: 2, text: '<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] >>' }),
  ],
  [
    'a tree whose branches hold each other',
    book(
      { number: 2, text: '<< /Type /Pages /Count 9 /Kids [6 0 R 3 0 R] >>' },
      { number: 6, text: '<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [7 0 R] >>' },
      { number: 7, text: '<< /Type /Pages /Parent 6 0 R /Count 9 /Kids [6 0 R 2 0 R] >>' },
    ),
  ],
  ['a tree of words', book({ number: 2, text: '<< /Type /Pages /Count (3) /Kids [(a) /b 3 0 R null] >>' })],
  ['a page turned by nonsense', page(`${media} /Contents 4 0 R /Rotate (up) /UserUnit -3`)],
  ['a page of no size', page('/Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] /Contents 4 0 R')],
  ['a page as large as a country', page('/Type /Page /Parent 2 0 R /MediaBox [0 0 1e38 1e38] /Contents 4 0 R')],
  [
    'a page whose boxes lie elsewhere',
    page(`${media} /CropBox [9000 9000 9100 9100] /TrimBox [5 4 3 2] /BleedBox [(a) 0 0 0] /Contents 4 0 R`),
  ],
  ['a group that is a number', page(`${media} /Group 5 /Annots 7 /Contents 4 0 R`)],
  [
    'a pattern that paints itself',
    page(
      `${media} /Contents 4 0 R /Resources << /Pattern << /P 6 0 R >> >>`,
      stream(4, '', Buffer.from('/Pattern cs /P scn 0 0 400 500 re f')),
      stream(
        6,
        '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 1e-30 /YStep 0 /Resources << /Pattern << /P 6 0 R >> >>',
        Buffer.from('/Pattern cs /P scn 0 0 9 9 re f'),
      ),
    ),
  ],
  [
    'a soft mask that masks itself',
    page(
      `${media} /Contents 4 0 R /Resources << /ExtGState << /G 7 0 R >> /XObject << /F 6 0 R >> >>`,
      stream(4, '', Buffer.from('/G gs /F Do')),
      stream(
        6,
        '/Type /XObject /Subtype /Form /BBox [0 0 400 500] /Group << /S /Transparency >> /Resources << /ExtGState << /G 7 0 R >> >>',
        Buffer.concat([Buffer.from('/G gs '), drawn]),
      ),
      { number: 7, text: '<< /Type /ExtGState /SMask << /S /Luminosity /G 6 0 R >> >>' },
    ),
  ],
  [
    'a picture of minus one pixel',
    page(
      `${media} /Contents 4 0 R /Resources << /XObject << /I 6 0 R >> >>`,
      stream(4, '', Buffer.from('q 300 0 0 300 9 9 cm /I Do Q')),
      stream(
        6,
        '/Type /XObject /Subtype /Image /Width -1 /Height 1e9 /BitsPerComponent 77 /ColorSpace [/ICCBased 6 0 R]',
        drawn,
      ),
    ),
  ],
]

type End = { readonly made: number } | { readonly refused: readonly string[] }

/** The whole way, through converters as the service runs them. */
async function endOf(bytes: Buffer): Promise<End> {
  const rooms = await enterRooms(pool, new AbortController().signal)
  try {
    const { folder } = rooms.producer
    await writeFile(join(folder, 'source-0'), bytes)
    const source = { role: 'interior' as const, position: 0, file: 'source-0', sizeBytes: bytes.length }
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const sources = [{ ...source, sha256, head: bytes.subarray(0, 4096) }]
    const product = productFor({ name: '', bytes, kind: 'document' })
    const { pages } = await convert({ product, options: {}, sources, contentHash: sha256 }, { rooms, log })
    return { made: pages }
  } catch (error) {
    if (error instanceof Rejected) return { refused: error.findings.map(({ code }) => code) }
    throw error
  } finally {
    await rooms.leave()
  }
}

/** Said of faults of ours: no file may lead to them. */
const ours = ['OUTPUT_VERIFICATION_FAILED', 'PROCESSING_FAILED']

describe('A malformed PDF is made or refused with a code, and breaks no converter', () => {
  test.concurrent.for(files)('%s', { timeout: 60_000 }, async ([, bytes], context) => {
    const end = await endOf(bytes)
    if ('made' in end) context.expect(end.made).toBeGreaterThan(0)
    else {
      context.expect(end.refused.length).toBeGreaterThan(0)
      context.expect(end.refused.filter((code) => ours.includes(code))).toEqual([])
    }
  })
})

test('The book that they are made of is printed', async () => {
  expect(await endOf(book())).toEqual({ made: 1 })
})
