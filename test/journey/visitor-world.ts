import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Browser, BrowserContext } from 'playwright-core'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { jpeg } from '../fixtures/journey/pictures.ts'
import { listening } from '../loopback/listening.ts'
import { launchBrowser } from '../loopback/pages/browser.ts'
import { eventually } from './eventually.ts'
import { type Journey, startJourney } from './journey.ts'

/** A page of somebody who sells. CDN and CHECKOUT stand for the addresses of the platform, in any of its texts. */
export type HostPage = {
  readonly body: string
  readonly head?: string
  readonly lang?: string
  readonly headers?: Readonly<Record<string, string>>
}
export type VisitorWorld = {
  readonly journey: Journey
  /** The front door: CDN, checkout, API. */
  readonly url: string
  /** Of the pages that sell: another site than the platform's, as in life. */
  readonly site: string
  /** Puts a page there and gives its address. */
  readonly show: (page: HostPage) => string
  /** Broken rules that browsers reported to `/reports` of the site. */
  readonly reports: string[]
  /** Publishes a picture as posters, in whatever other way `changes` says; gives its id as soon as it can be bought. */
  readonly publish: (changes?: object) => Promise<string>
  /** A browser of its own, with no trace of others. Whatever its consoles say of errors and broken policies ends in `faults`. */
  readonly visit: <T>(act: (visit: Visit) => Promise<T>, wishes?: Parameters<Browser['newContext']>[0]) => Promise<T>
  readonly close: () => Promise<void>
}
export type Visit = { readonly context: BrowserContext; readonly faults: string[] }

const Made = Type.Object({ id: Type.String() })
const patienceMilliseconds = 30_000
/** Browsers ask for it by themselves. */
const isOfNoUse = (text: string): boolean => text.includes('favicon')

/** A whole platform, a site beside it, and Chromium, which keeps third-party cookies off as browsers do by now. */
export async function startVisitorWorld(options: Parameters<typeof startJourney>[0] = {}): Promise<VisitorWorld> {
  const journey = await startJourney(options)
  const url = journey.platform().local.baseUrl
  const reports: string[] = []
  const pages = new Map<string, HostPage>()
  const filled = (text: string) => text.replaceAll('CDN', url).replaceAll('CHECKOUT', url)
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (path === '/reports') {
      reports.push(Buffer.concat(await request.toArray()).toString())
      return response.writeHead(204).end()
    }
    const page = pages.get(path)
    if (!page) return response.writeHead(404).end()
    const { body, head = '', lang = 'en', headers = {} } = page
    const kept = Object.entries(headers).map(([name, value]): [string, string] => [name, filled(value)])
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...Object.fromEntries(kept) })
    return response.end(
      filled(
        `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Shop</title>${head}<body>${body}`,
      ),
    )
  }
  const server = await listening(createServer((request, response) => void answer(request, response)))
  // The last list of features counts: the one of playwright switches the blocking of cookies off.
  const flags = ['--disable-features=AudioServiceOutOfProcess', '--test-third-party-cookie-phaseout']
  const browser = await launchBrowser(flags)
  return {
    ...{ journey, url, reports, site: server.url.replace('127.0.0.1', 'localhost') },
    show: (page) => {
      const path = `/page-${pages.size}`
      pages.set(path, page)
      return `${server.url.replace('127.0.0.1', 'localhost')}${path}`
    },
    publish: (changes) => published(journey, url, changes),
    visit: async (act, wishes) => {
      const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...wishes })
      context.setDefaultTimeout(patienceMilliseconds)
      const faults: string[] = []
      context.on('console', (line) => {
        if (line.type() === 'error' && !isOfNoUse(`${line.text()} ${line.location().url}`)) faults.push(line.text())
      })
      context.on('weberror', (error) => faults.push(error.error().message))
      try {
        return await act({ context, faults })
      } finally {
        await context.close()
      }
    },
    close: async () => {
      await browser.close()
      await server.close()
      await journey.end()
    },
  }
}

async function published({ customer }: Journey, url: string, changes: object = {}): Promise<string> {
  const bytes = await jpeg(1400, 2000)
  const file = await customer.upload({ filename: 'harbour.jpg', type: 'image/jpeg', bytes })
  const body = {
    title: 'Harbour at dusk',
    content: { kind: 'file', file },
    offers: [{ sku: 'poster-a3', margin: { amount: 300 } }, { sku: 'canvas-30x40' }],
    ...{ currency: 'EUR', country: 'NL', publish: true },
    ...changes,
  }
  const answer = await customer.send('/v1/publications', { body, key: crypto.randomUUID() })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`It was not published: ${text}`)
  const { id } = parse('publication', Made, JSON.parse(text))
  await eventually('it can be bought', async () => {
    const [page, shown] = await Promise.all([
      fetch(`${url}/checkout?publication=${id}`),
      fetch(`${url}/public/v1/publications/${id}.json`),
    ])
    await Promise.all([page.body?.cancel(), shown.body?.cancel()])
    return page.ok && shown.ok ? true : undefined
  })
  return id
}
