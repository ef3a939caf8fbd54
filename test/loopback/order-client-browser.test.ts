import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { bundleBrowser } from '../../services/order-client/build/bundle-browser.ts'
import type { Listening } from './listening.ts'
import { type DocumentSite, startDocumentSite } from './order-client/document-site.ts'
import { startPageSite } from './order-client/page-site.ts'
import { launchBrowser } from './pages/browser.ts'

const client = join(import.meta.dirname, '..', '..', 'services', 'order-client')
const idOf = (number: number): string => `pub_${String(number).padStart(26, '0')}`
const documentOf = (number: number) => ({
  object: 'publication',
  id: idOf(number),
  title: `Issue ${number}`,
  offers: [],
})
let folder = ''
let cdn: DocumentSite
let site: Listening
let browser: Browser

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printcloud-browser-'))
  bundleBrowser(client, join(folder, 'read.js'))
  cdn = await startDocumentSite()
  site = await startPageSite(folder, cdn.url)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
  await cdn?.close()
  await rm(folder, { recursive: true, force: true })
})

const addressOf = (id: string): string => `${cdn.url}${documentPaths.publication(id)}`

/** What a page view reads; fails when the browser had to forbid anything. */
async function view(page: Page, id: string, path = '/'): Promise<unknown> {
  await page.goto(`${site.url}${path}?address=${encodeURIComponent(addressOf(id))}`)
  const { reading, violations } = await page.evaluate<{ reading: unknown; violations: unknown }>(
    '(async () => ({ reading: await window.reading, violations: window.violations }))()',
  )
  expect(violations).toEqual([])
  return reading
}
const askedFor = (id: string): number => cdn.seen.filter(({ path }) => path === documentPaths.publication(id)).length

test('the reader for buttons has at most 1,024 bytes when it is packed, for browsers from 2019 on, and makes no code of text', async () => {
  const script = await readFile(join(folder, 'read.js'), 'utf8')
  expect(gzipSync(script, { level: 9 }).byteLength).toBeLessThanOrEqual(1024)
  expect(script).not.toMatch(/\?\.|\?\?|\beval\b|\bFunction\b|innerHTML|document\.write|import\(/)
})

test('a publication that was seen once is shown again when everything of ours is killed, with its age', async () => {
  const page = await browser.newPage()
  await cdn.put(documentPaths.publication(idOf(1)), documentOf(1))
  expect(await view(page, idOf(1))).toEqual({ document: documentOf(1), isStale: false, ageSeconds: 0 })
  cdn.instead({ status: 503, body: '' })
  const before = askedFor(idOf(1))
  // As if it had been seen a day ago; the browser's own five seconds are not waited for.
  await page.evaluate(`(() => {
    const kept = JSON.parse(localStorage.printcloud)
    kept[0][1] -= 86400000
    localStorage.printcloud = JSON.stringify(kept)
  })()`)
  const later = await browser.newContext({ storageState: await page.context().storageState() })
  const stale = await view(await later.newPage(), idOf(1))
  expect(stale).toMatchObject({ document: documentOf(1), isStale: true })
  expect(stale).toHaveProperty('ageSeconds', expect.closeTo(86_400, -2))
  // One new try.
  expect(askedFor(idOf(1))).toBe(before + 2)
  cdn.instead()
  expect(await view(await later.newPage(), idOf(1))).toMatchObject({ isStale: false })
  await Promise.all([page.context().close(), later.close()])
})

test('what is not there is not asked for twice, and what was taken away is not shown any more', async () => {
  const page = await browser.newPage()
  expect(await view(page, idOf(2))).toBe('none')
  expect(await view(page, idOf(2))).toBe('none')
  expect(askedFor(idOf(2))).toBe(1)
  await page.evaluate(
    `localStorage.setItem('printcloud', JSON.stringify([['${addressOf(idOf(3))}', Date.now(), { object: 'publication' }]]))`,
  )
  expect(await view(page, idOf(3))).toBe('none')
  expect(await page.evaluate('localStorage.printcloud')).toBe('[]')
  await page.context().close()
})

test('where storage is forbidden, full or spoilt, publications are read all the same', async () => {
  await cdn.put(documentPaths.publication(idOf(4)), documentOf(4))
  const page = await browser.newPage()
  const fresh = { document: documentOf(4), isStale: false }
  expect(await view(page, idOf(4), '/sandboxed')).toMatchObject(fresh)
  for (const spoilt of ['{}', 'null', 'x', '[null,1]', `[["${addressOf(idOf(4))}",1]]`]) {
    await page.goto(site.url)
    await page.evaluate(`localStorage.setItem('printcloud', '${spoilt}')`)
    expect(await view(page, idOf(4))).toMatchObject(fresh)
  }
  await page.evaluate(`localStorage.removeItem('printcloud')`)
  await page.evaluate(`for (let size = 4e6; size >= 1; size /= 2) {
    try { for (let number = 0; ; number += 1) localStorage.setItem('full' + size + number, 'x'.repeat(size)) } catch {}
  }`)
  expect(await view(page, idOf(4))).toMatchObject(fresh)
  await page.context().close()
})

test('a visitor of many pages keeps thirty publications, the last ones seen', async () => {
  const page = await browser.newPage()
  const before = Array.from({ length: 30 }, (_each, number) => [
    addressOf(idOf(100 + number)),
    1,
    documentOf(100 + number),
  ])
  await page.goto(site.url)
  await page.evaluate((text) => localStorage.setItem('printcloud', text), JSON.stringify(before))
  await cdn.put(documentPaths.publication(idOf(134)), documentOf(134))
  await view(page, idOf(134))
  const kept = await page.evaluate<string[]>('JSON.parse(localStorage.printcloud).map(([address]) => address)')
  expect(kept).toEqual([addressOf(idOf(134)), ...before.slice(0, 29).map(([address]) => address)])
  await page.context().close()
})

test('what is no publication is no answer: a page to log in, another document, a hanging server', async () => {
  await cdn.put(documentPaths.publication(idOf(5)), documentOf(5))
  const page = await browser.newPage()
  for (const body of ['<html>Welcome to the Wi-Fi</html>', '{"object":"catalogue"}', 'null']) {
    cdn.instead({ status: 200, body })
    expect(await view(page, idOf(5))).toMatch(/Error/)
  }
  cdn.instead()
  const release = cdn.holdBack()
  expect(await view(page, idOf(6))).toMatch(/AbortError/)
  expect(askedFor(idOf(6))).toBe(2)
  release()
  await page.context().close()
})

test('with a CDN that hangs, whoever has seen it waits for one time limit, not for two', async () => {
  await cdn.put(documentPaths.publication(idOf(8)), documentOf(8))
  const page = await browser.newPage()
  await view(page, idOf(8))
  const asked = askedFor(idOf(8))
  const release = cdn.holdBack()
  const other = await browser.newContext({ storageState: await page.context().storageState() })
  expect(await view(await other.newPage(), idOf(8))).toMatchObject({ document: documentOf(8), isStale: true })
  expect(askedFor(idOf(8))).toBe(asked + 1)
  release()
  await Promise.all([page.context().close(), other.close()])
})

test('several buttons of one page keep what each of them read', async () => {
  const page = await browser.newPage()
  for (const number of [9, 10, 11]) await cdn.put(documentPaths.publication(idOf(number)), documentOf(number))
  await page.goto(site.url)
  const addresses = [9, 10, 11].map((number) => addressOf(idOf(number)))
  await page.evaluate(`(async () => {
    const { readPublication } = await import('/read.js')
    await Promise.all(${JSON.stringify(addresses)}.map((address) => readPublication(address)))
  })()`)
  const kept = await page.evaluate<string[]>('JSON.parse(localStorage.printcloud).map(([address]) => address)')
  expect(kept.toSorted()).toEqual(addresses.toSorted())
  await page.context().close()
})

test('with the CDN killed a page view that kept nothing is told so, and one that did shows it', async () => {
  const page = await browser.newPage()
  const { document } = Object(await view(page, idOf(134)))
  expect(document).toEqual(documentOf(134))
  await cdn.kill()
  const other = await browser.newContext({ storageState: await page.context().storageState() })
  expect(await view(await other.newPage(), idOf(134))).toMatchObject({ document: documentOf(134), isStale: true })
  expect(await view(await other.newPage(), idOf(7))).toMatch(/TypeError/)
  await Promise.all([page.context().close(), other.close()])
})
