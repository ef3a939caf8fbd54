import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import type { PublicationDocument } from '#contracts/published/publication-document.ts'
import { bundleButton } from '../../../services/button-checkout/build/bundle-button.ts'
import { type Listening, listening } from '../listening.ts'
import { launchBrowser } from '../pages/browser.ts'

/** A publication with everything that a button can show. */
export const publication: PublicationDocument = {
  object: 'publication',
  id: 'pub_01k9x0000000000000000000aa',
  is_test: true,
  version: 3,
  state: 'open',
  title: 'Harbour Lights, issue 12',
  texts: { nl: { title: 'Havenlichten, nummer 12', button: 'Print dit nummer' } },
  thumbnail: {
    width_px: 480,
    height_px: 640,
    colour: '#b08d57',
    sources: [{ width_px: 160, path: '/public/v1/thumbnails/AbCdEfGhIjKlMnOpQrStUv/160' }],
  },
  offers: [
    {
      ...{ sku: 'book-a5', family: 'softcover_book', title: 'Book', trim_width_mm: 148, trim_height_mm: 210 },
      from: { amount: 2450, currency: 'EUR', gross: 2671, country: 'NL', tax_rate_percent: 9 },
    },
    {
      ...{ sku: 'magazine-a4', family: 'magazine', title: 'Magazine', trim_width_mm: 210, trim_height_mm: 297 },
      from: { amount: 1180, currency: 'EUR', gross: 1286, country: 'NL', tax_rate_percent: 9 },
    },
  ],
}
const path = (id: string): string => `/public/v1/publications/${id}.json`

export type ButtonWorld = {
  readonly cdn: string
  readonly checkout: string
  readonly site: string
  /** Publications by their id. */
  readonly publications: Map<string, PublicationDocument>
  /** Paths that the CDN was asked for. */
  readonly asked: string[]
  /** With false, it cuts every connection. */
  setUp: (isUp: boolean) => void
  /** Answers of documents wait for it. */
  setPause: (pause: Promise<void>) => void
  /** A page with this in its body, in a browser of its own; what it was forbidden is a fault. */
  readonly see: <T>(wish: PageWish, act: (page: Page, context: BrowserContext) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}
export type PageWish = {
  readonly body: string
  readonly head?: string
  readonly lang?: string
  readonly policy?: string
  readonly script?: string
} & Parameters<Browser['newContext']>[0]

/** The button on the pages of others: a CDN, a checkout that is a page of the test, a site, each at an origin of its own, and a browser. */
export async function startButtonWorld(): Promise<ButtonWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-button-'))
  bundleButton(join(folder, 'button.js'))
  const built = await readFile(join(folder, 'button.js'), 'utf8')
  const picture = await sharp({ create: { width: 160, height: 213, channels: 3, background: '#b08d57' } })
    .jpeg()
    .toBuffer()
  const publications = new Map<string, PublicationDocument>([[publication.id, publication]])
  const asked: string[] = []
  const pages = new Map<string, PageWish>()
  let isUp = true
  let pause = Promise.resolve()
  const serve = (listener: RequestListener): Promise<Listening> => listening(createServer(listener))
  const checkout = await serve(
    (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Checkout</title>Checkout'),
  )
  const cdn = await serve(async ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://cdn')
    asked.push(pathname)
    if (!isUp) return void response.destroy()
    const headers = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }
    const send = (type: string, body: string | Buffer, status = 200) =>
      void response
        .writeHead(status, { ...headers, 'content-type': type, 'cache-control': 'public, max-age=0' })
        .end(body)
    if (pathname === '/v1/button.js') return send('text/javascript', built.replace('{checkout}', checkout.url))
    if (/^\/v\d+\.\d+\.\d+\/button\.js$/.test(pathname)) return send('text/javascript', built)
    if (pathname.startsWith('/public/v1/thumbnails/')) return send('image/jpeg', picture)
    await pause
    const found = [...publications.values()].find(({ id }) => pathname === path(id))
    return found ? send('application/json', JSON.stringify(found)) : send('application/problem+json', '{}', 404)
  })
  const site = await serve(({ url = '' }, response) => {
    const wish = pages.get(url.split('?')[0] ?? '')
    if (!wish) return void response.writeHead(404).end()
    const { body, head = '', lang = 'en', policy, script = '<script async src="CDN/v1/button.js"></script>' } = wish
    const page = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Page</title>${head}${script}<body>${body}`
    const filled = (text: string) => text.replaceAll('CDN', cdn.url).replaceAll('CHECKOUT', checkout.url)
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(policy ? { 'content-security-policy': filled(policy) } : {}),
    })
    response.end(filled(page))
  })
  const browser = await launchBrowser()
  return {
    ...{ cdn: cdn.url, checkout: checkout.url, site: site.url, publications, asked },
    setUp: (is) => {
      isUp = is
    },
    setPause: (promise) => {
      pause = promise
    },
    see: async (wish, act) => {
      const { body, head, lang, policy, script, ...context } = wish
      const address = `/page-${pages.size}`
      pages.set(address, wish)
      const own = await browser.newContext({ locale: 'en-GB', ...context })
      try {
        const page = await own.newPage()
        await page.goto(`${site.url}${address}`)
        return await act(page, own)
      } finally {
        await own.close()
      }
    },
    close: async () => {
      await browser.close()
      await Promise.all([cdn, checkout, site].map((each) => each.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
