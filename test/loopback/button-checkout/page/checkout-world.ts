import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import type { Shop } from '#contracts/checkout/shop.ts'
import { readAssets } from '../../../../services/button-checkout/pages/assets.ts'
import { buildPages } from '../../../../services/button-checkout/pages/build/build-pages.ts'
import { renderCheckoutPage } from '../../../../services/button-checkout/pages/render.ts'
import { securityHeaders } from '../../../../services/button-checkout/routes/security-headers.ts'
import { listening } from '../../listening.ts'
import { launchBrowser } from '../../pages/browser.ts'
import { type ScriptedCheckout, scriptedCheckout } from './scripted-checkout.ts'

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  readonly checkout: ScriptedCheckout
  readonly url: string
}
export type CheckoutWorld = {
  /** Whatever a console said of errors or of a broken policy. */
  readonly faults: string[]
  readonly url: string
  readonly visit: <T>(shop: Shop, see: (visit: Visit) => Promise<T>, wishes?: Wishes) => Promise<T>
  readonly close: () => Promise<void>
}
type Wishes = Parameters<Browser['newContext']>[0] & { readonly language?: string }

/** The packed page under its real policy, a browser, and a checkout that keeps to the contracts. */
export async function startCheckoutWorld(): Promise<CheckoutWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'checkout-pages-'))
  await buildPages(folder)
  const assets = await readAssets(folder)
  const faults: string[] = []
  let shop: Shop | undefined
  let checkout: ScriptedCheckout | undefined
  let language = 'en-GB'
  let headers: Readonly<Record<string, string>> = {}
  const server = createServer((request, response) => void answer(request, response))
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://pages').pathname
    response.setHeaders(new Map(Object.entries(headers)))
    const isPage = request.method === 'GET' && (path === '/checkout' || /^\/checkout\/c\/[^/]+$/.test(path))
    if (isPage && shop) {
      const view = path === '/checkout' ? undefined : checkout?.view()
      response.setHeader('content-type', 'text/html; charset=utf-8')
      return void response.end(renderCheckoutPage({ shop, view, language, assets }))
    }
    const file = await fileOf(folder, path)
    if (!file) return answerJson(`${request.method} ${path}`, request, response)
    response.setHeader('content-type', file.type)
    response.end(file.bytes)
  }
  const answerJson = async (line: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const answered = checkout?.answer(line, text === '' ? undefined : JSON.parse(text))
    if (answered === 'hang') return
    if (answered === 'cut') return void response.destroy()
    response.statusCode = answered?.status ?? 404
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answered?.body ?? {}))
  }
  const site = await listening(server)
  headers = securityHeaders({ CDN_URL: site.url, CHECKOUT_URL: site.url, STRIPE_URL: site.url })
  const browser = await launchBrowser()
  return {
    faults,
    url: site.url,
    visit: async (wanted, see, { language: wish = 'en-GB', ...wishes } = {}) => {
      shop = wanted
      checkout = scriptedCheckout(wanted)
      language = wish
      const context = await browser.newContext({ locale: wish, timezoneId: 'UTC', ...wishes })
      try {
        const page = await context.newPage()
        page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
        page.on('pageerror', (error) => faults.push(error.message))
        await page.goto(`${site.url}/checkout?publication=x`)
        return await see({ page, context, checkout, url: site.url })
      } finally {
        await context.close()
      }
    },
    close: async () => {
      await browser.close()
      await site.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What pages load; undefined for everything that is the checkout's own. */
async function fileOf(folder: string, path: string) {
  if (path.startsWith('/checkout/assets/')) {
    const type = extname(path) === '.css' ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
    return { type, bytes: await readFile(join(folder, path.slice('/checkout/assets/'.length))) }
  }
  if (path.startsWith('/pictures/')) return { type: 'image/jpeg', bytes: await pictureOf(path) }
  return path === '/payment-page' ? { type: 'text/html', bytes: '<!doctype html><title>Payment</title>' } : undefined
}

/** A page of a magazine, or a harbour at dusk. */
function pictureOf(path: string): Promise<Buffer> {
  const [, , name = '', width = '480'] = path.split('/')
  const isArt = name === 'art'
  const [wide, high] = isArt ? [3, 2] : [3, 4.243]
  const hue = (name.charCodeAt(name.length - 1) * 47) % 360
  const drawn = isArt
    ? `<path fill="#f2d7a6" d="M0 0h3v2H0z"/><circle cx="2.2" cy="1.1" r=".28" fill="#e98a4f"/><path fill="#1d3b53" d="M0 1.2h3V2H0z"/><path fill="#c2603a" d="M.5 1.3h1L1.3 1.6H.7zM.95.4l.6.8h-.6z"/>`
    : `<path fill="#fffdf8" d="M0 0h3v5H0z"/><path fill="hsl(${hue} 35% 62%)" d="M0 0h3v2H0z"/><path fill="#333" d="M.3 2.3h1.6v.14H.3z"/><path fill="#999" d="M.3 2.6h2.4v.06H.3zm0 .2h2.4v.06H.3zm0 .2h2.1v.06H.3zm0 .3h2.4v.06H.3zm0 .2h1.8v.06H.3z"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}">${drawn}</svg>`
  return sharp(Buffer.from(svg)).resize(Number(width)).jpeg().toBuffer()
}
