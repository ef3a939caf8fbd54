import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { listening } from '../listening.ts'
import { launchBrowser } from './browser.ts'
import { keepScreenshot } from './screenshots.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'services', 'order-api', 'published', 'pages')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export type PageWorld = {
  /** What the server gives, by path; a test puts there what its page shall find. */
  readonly documents: Map<string, object>
  /** Whatever a console said of errors or of a broken policy. */
  readonly faults: string[]
  readonly withPage: <T>(wish: PageWish, see: (page: Page, context: BrowserContext) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}
export type PageWish = { readonly now?: Date; readonly path: string } & Parameters<Browser['newContext']>[0]

/** The static pages as the CDN gives them, and a browser. */
export async function startPages(defaultNow: Date): Promise<PageWorld> {
  const documents = new Map<string, object>()
  const faults: string[] = []
  const picture = await pictureOf(480, 640)
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://pages').pathname
    const document = documents.get(path)
    if (document) {
      const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'private, no-cache' }
      response.writeHead(200, headers).end(JSON.stringify(document))
    } else if (path.startsWith('/public/v1/thumbnails/')) {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
    } else {
      const page = path === '/status' ? documentPaths.page('status') : path
      const file = await readFile(join(folder, page.split('/').at(-1) ?? '')).catch(() => undefined)
      response.writeHead(file ? 200 : 404, { 'content-type': types[extname(page)] ?? 'text/plain' }).end(file)
    }
  })
  const site = await listening(server)
  const browser = await launchBrowser()
  return {
    documents,
    faults,
    withPage: async ({ now = defaultNow, path, ...wishes }, see) => {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...wishes })
      try {
        const page = await context.newPage()
        await page.clock.setFixedTime(now)
        page.on('console', (line) => line.type() === 'error' && faults.push(`${path}: ${line.text()}`))
        page.on('pageerror', (error) => faults.push(`${path}: ${error.message}`))
        await page.goto(`${site.url}${path}`)
        return await see(page, context)
      } finally {
        await context.close()
      }
    },
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
}

/** Something to look at: a harbour of three stripes. */
const pictureOf = (width: number, height: number): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><path fill="#f2d7a6" d="M0 0h3v4H0z"/>
      <path fill="#1d3b53" d="M0 2.4h3V4H0z"/><path fill="#c2603a" d="M.6 2.5h1.8L2 2.9H.9zM1.4.8l.8 1.5h-.8z"/></svg>`),
  )
    .resize(width, height)
    .jpeg()
    .toBuffer()

const widths = [320, 360, 768, 1280]
const schemes = ['light', 'dark'] as const

/**
 * The widths at which something is wider than the page, so that somebody would scroll sideways. It is looked at in both schemes, and kept for
 * eyes: all of it where SCREENSHOTS names a folder, else a small light one and a large dark one.
 */
export async function tooWideAt(page: Page, name: string): Promise<readonly number[]> {
  const found: number[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    const overflow: number = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    if (overflow > 0) found.push(width)
    for (const colorScheme of schemes) {
      const isKept = process.env.SCREENSHOTS || width === (colorScheme === 'light' ? 360 : 1280)
      if (!isKept) continue
      await page.emulateMedia({ colorScheme })
      await keepScreenshot(page, `${name}-${width}-${colorScheme}`)
    }
  }
  return found
}
