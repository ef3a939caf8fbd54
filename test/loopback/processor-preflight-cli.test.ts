import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentOf } from '../fixtures/processor/documents.ts'

const script = join(import.meta.dirname, '../../scripts/printcloud.mjs')
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-fit-'))
  await writeFile(join(folder, 'book.pdf'), await documentOf({ pages: 40, widthMm: 148, heightMm: 210 }))
  await writeFile(join(folder, 'page.pdf'), '<!doctype html><p>Sign in')
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

type Ended = { readonly code: number; readonly out: string; readonly told: string }

function preflight(...commandLine: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, 'preflight', ...commandLine], { cwd: folder }, (error, out, told) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, told })
    })
  })
}

test('without a product, what could be made of a file is told in a table of eighty columns, its own size first', async () => {
  const { code, out } = await preflight('book.pdf')
  expect(code).toBe(0)
  const lines = out.split('\n')
  expect(lines[0]).toBe('PDF · 40 pages · 148 × 210 mm')
  expect(lines[3]).toMatch(/^[✓!] softcover-a5 +148 × 210 +40/)
  expect(out).toMatch(/✗ PAGE_COUNT_OUT_OF_RANGE\n {2}canvas-/)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
})

test('as JSON it is what POST /v1/preflights answers, and the exit code says whether anything can be made', async () => {
  const book = await preflight('book.pdf', '--json')
  const { type, pages, products } = JSON.parse(book.out)
  expect([type, pages]).toEqual(['printcloud_fit', 40])
  const isEligible = ({ sku, eligible }: { sku: string; eligible: boolean }) => sku === 'softcover-a5' && eligible
  expect(products.some(isEligible)).toBe(true)
  const page = await preflight('page.pdf', '--json')
  expect(page.code).toBe(2)
  expect(JSON.parse(page.out).findings).toMatchObject([{ code: 'UNSUPPORTED_FORMAT' }])
})

test('what only a product can mean wants one to be named', async () => {
  const { code, told } = await preflight('book.pdf', '--option', 'finish=satin')
  expect(code).toBe(64)
  expect(told).toContain('--option belongs to a product.')
})
