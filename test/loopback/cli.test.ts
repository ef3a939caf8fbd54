import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
import { independently } from './processor-inspection.ts'

const script = join(import.meta.dirname, '../../scripts/printcloud.mjs')
const a5 = { widthMm: 148, heightMm: 210 } as const
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-cli-'))
  await writeFile(join(folder, 'book.pdf'), await documentOf({ pages: 32, ...a5, bleedMm: 3 }))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

type Ended = { readonly code: number; readonly out: string; readonly told: string }

/** Runs the command as a shop's script would, in the folder of its files. */
function printcloud(...commandLine: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...commandLine], { cwd: folder }, (error, out, told) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, told })
    })
  })
}

test('a book is made from the command line, passes qpdf, and is the same when it is made again', async () => {
  const made = await printcloud('make', 'book.pdf', '--sku', 'softcover-a5', '--title', 'The Lighthouse', '-o', 'one')
  expect(made.told).toBe('')
  expect(made.code).toBe(0)
  const files = await readdir(join(folder, 'one'))
  expect(files).toEqual(
    expect.arrayContaining(['interior.pdf', 'cover.pdf', 'receipt.json', 'report.html', 'preflight-report.json']),
  )
  for (const name of ['interior.pdf', 'cover.pdf']) {
    const checked = await independently('qpdf', await readFile(join(folder, 'one', name)))
    if (checked !== undefined) expect(checked).toContain('No syntax or stream encoding errors found')
  }
  await printcloud('make', 'book.pdf', '--sku', 'softcover-a5', '--title', 'The Lighthouse', '-o', 'two')
  expect(await readFile(join(folder, 'two', 'receipt.json'), 'utf8')).toBe(
    await readFile(join(folder, 'one', 'receipt.json'), 'utf8'),
  )
})

test('a file that cannot be printed ends with its own code and says what to do; an earlier print file is gone', async () => {
  await writeFile(join(folder, 'cut.pdf'), (await readFile(join(folder, 'book.pdf'))).subarray(0, 200))
  await printcloud('make', 'book.pdf', '--sku', 'softcover-a5', '-o', 'again')
  const refused = await printcloud('make', 'cut.pdf', '--sku', 'softcover-a5', '-o', 'again')
  expect(refused.code).toBe(2)
  expect(refused.out).toMatch(/REJECT\s+(CORRUPT_UNRECOVERABLE|EMPTY_DOCUMENT)/)
  expect(refused.out).toMatch(/send the file again/i)
  const left = await readdir(join(folder, 'again'))
  expect(left).toContain('report.html')
  expect(left.filter((name) => name.endsWith('.pdf'))).toEqual([])
})

test('what goes to programs is one JSON object whose fields stay', async () => {
  const { code, out, told } = await printcloud('preflight', 'book.pdf', '--sku', 'softcover-a5', '--json')
  expect(code).toBe(0)
  expect(told).toBe('')
  const result: unknown = JSON.parse(out)
  expect(result).toMatchObject({
    type: 'printcloud_preflight',
    version: 1,
    sku: 'softcover-a5',
    outcome: 'accepted',
    pages: 32,
    inputs: [{ role: 'interior', position: 0, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    components: [
      { component: 'interior', pages: 32, sheetWidthMm: 154, sheetHeightMm: 216 },
      { component: 'cover', pages: 1 },
    ],
  })
  expect(Object.keys(Object(result)).toSorted()).toEqual([
    'components',
    'findings',
    'gravest',
    'inputs',
    'outcome',
    'pages',
    'sku',
    'type',
    'version',
  ])
})

test('a file name with spaces, quotes and a leading dash works, and its report stands alone', async () => {
  const name = `-my "holi'day" $(photo) ü.jpg`
  await writeFile(join(folder, name), await jpeg({ widthPx: 2600, heightPx: 3600 }))
  const { code, told } = await printcloud('preflight', '--sku', 'poster-a3', '--report', 'a report.html', '--', name)
  expect(told).toBe('')
  expect(code).toBe(0)
  const html = await readFile(join(folder, 'a report.html'), 'utf8')
  expect(html).toContain('data:image/')
  expect(html).not.toMatch(/(src|href)="(?!data:)/)
  expect(html).not.toContain('<script')
})

test('mistakes on the command line end in three lines and a code of their own', async () => {
  const [noFile, noSku, noOption] = await Promise.all([
    printcloud('preflight', 'nowhere.pdf', '--sku', 'softcover-a5'),
    printcloud('make', 'book.pdf', '--sku', 'softcover-a55'),
    printcloud('make', 'book.pdf', '--sku', 'softcover-a5', '--option', 'finish=glitter'),
  ])
  expect([noFile?.code, noSku?.code, noOption?.code]).toEqual([66, 64, 64])
  for (const { told, out } of [noFile, noSku, noOption]) {
    expect(out).toBe('')
    expect(told.trim().split('\n')).toHaveLength(3)
  }
})

test('warnings stop a script only where it asks for that', async () => {
  await mkdir(join(folder, 'soft'))
  await writeFile(join(folder, 'soft', 'small.jpg'), await jpeg({ widthPx: 800, heightPx: 1120 }))
  const lenient = await printcloud('preflight', 'soft/small.jpg', '--sku', 'poster-a3')
  const strict = await printcloud('preflight', 'soft/small.jpg', '--sku', 'poster-a3', '--strict')
  expect(lenient.out).toMatch(/WARN\s+RESOLUTION_LOW/)
  expect([lenient.code, strict.code]).toEqual([0, 1])
})
