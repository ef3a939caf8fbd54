import { createHash, randomBytes } from 'node:crypto'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { pino } from 'pino'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { newId } from '#chassis/ids.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { buildPrintPage } from '../../../services/button-checkout/pages/build/build-print-page.ts'
import { systemClock } from '../../../services/chassis/clock.ts'
import { type RunningClient, startClient } from '../../../services/print-client/client.ts'
import { clientConfigOf } from '../../../services/print-client/config.ts'
import { createLine } from '../../../services/print-client/line/line.ts'
import { watchS3, watchSqs } from '../../../services/print-client/line/watch-client.ts'
import { openWorld, type World } from '../print-client-world.ts'
import { launchBrowser } from './browser.ts'

const silent = pino({ level: process.env.TEST_LOG ?? 'silent', messageKey: 'event' })

export type PageClient = {
  readonly url: string
  readonly desk: RunningClient['desk']
  readonly hotFolder: string
  readonly stop: () => Promise<void>
}

/** A real client with its page, on a cloud of this machine, and a browser that looks at it. */
export type PrintPageWorld = {
  readonly world: World
  readonly browser: Browser
  /** Whatever a console said of errors or of a broken policy. */
  readonly faults: string[]
  readonly start: (name: string, more?: object, bootId?: string) => Promise<PageClient>
  readonly open: (client: PageClient, wish?: Parameters<Browser['newContext']>[0]) => Promise<Page>
  /** Ends every client and every page of a test. */
  readonly endTest: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function openPrintPages(): Promise<PrintPageWorld> {
  await buildPrintPage()
  const world = await openWorld()
  const browser = await launchBrowser()
  const faults: string[] = []
  const contexts: BrowserContext[] = []
  const stops: (() => Promise<void>)[] = []

  const start: PrintPageWorld['start'] = async (name, more = {}, bootId = 'boot-1') => {
    const file = { ...world.configOf(name), page: { port: 0 }, ...more }
    const config = await clientConfigOf(file, world.folder)
    const ending = new AbortController()
    const line = createLine(systemClock, silent)
    watchS3(world.s3, line)
    watchSqs(world.sqs, line)
    const options = { config, s3: world.s3, sqs: world.sqs, bootId, log: silent, clock: systemClock, line }
    const running = await startClient({ ...options, signal: ending.signal })
    let stopped: Promise<void> | undefined
    const stop = (): Promise<void> => {
      ending.abort()
      stopped ??= running.drain()
      return stopped
    }
    stops.push(stop)
    const port = await until(() => running.page.port())
    return { url: `http://127.0.0.1:${port}`, desk: running.desk, hotFolder: file.hotFolder, stop }
  }

  const endTest = async (): Promise<void> => {
    for (const context of contexts.splice(0)) await context.close()
    for (const stop of stops.splice(0)) await stop()
  }

  return {
    world,
    browser,
    faults,
    start,
    open: async ({ url }, wish = {}) => {
      const context = await browser.newContext({
        ...{ locale: 'en-GB', timezoneId: 'Europe/Amsterdam', reducedMotion: 'reduce' },
        viewport: { width: 1280, height: 800 },
        ...wish,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
      page.on('pageerror', (error) => faults.push(error.message))
      await page.goto(url)
      return page
    },
    endTest,
    close: async () => {
      await endTest()
      await browser.close()
      await world.close()
    },
  }
}

/** What `find` gives as soon as it gives something. */
export async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

type BookWish = { readonly quantity?: number; readonly title?: string; readonly name?: string; readonly dueAt?: string }

/** A softcover book of two parts with a picture of its cover, in the store. */
export async function bookTicket({ s3, bucket }: World, wish: BookWish = {}): Promise<ProductionTicket> {
  const now = new Date()
  const jobId = newId('job', now)
  const prefix = `facilities/fac_test/${jobId}`
  const put = (name: string, body: Uint8Array) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}/${name}`, Body: body }))
  const file = async (component: 'interior' | 'cover', pages: number, widthMm: number) => {
    const body = randomBytes(1_500)
    await put(`${component}.pdf`, body)
    return {
      component,
      key: `${prefix}/${component}.pdf`,
      contentType: 'application/pdf' as const,
      sizeBytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      pages,
      ...{
        sheetWidthMm: widthMm,
        sheetHeightMm: 216,
        trimBox: { xMm: 3, yMm: 3, widthMm: widthMm - 6, heightMm: 210 },
      },
    }
  }
  await put('preview.jpg', await picture(wish.title ?? 'Harbour Lights'))
  return {
    type: 'production',
    ...{ ticketId: newId('tkt', now), jobId, orderId: newId('ord', now), itemId: newId('itm', now) },
    ...{ facilityId: 'fac_test', isTest: false, issuedAt: now.toISOString(), quantity: wish.quantity ?? 1 },
    ...(wish.dueAt === undefined ? {} : { dueAt: wish.dueAt }),
    title: wish.title ?? 'Harbour Lights',
    reference: 'PO 2026-118',
    product: {
      ...{ sku: 'book-a5', family: 'softcover_book', title: 'Book A5, softcover', binding: 'perfect' },
      ...{ trimWidthMm: 148, trimHeightMm: 210, pages: 96 },
      paper: { interior: '90 g offset', cover: '250 g silk' },
    },
    options: { lamination: 'matt' },
    files: [await file('interior', 96, 154), await file('cover', 2, 311)],
    preview: {
      ...{ component: 'cover', page: 1, key: `${prefix}/preview.jpg`, contentType: 'image/jpeg' },
      ...{ widthPx: 300, heightPx: 420 },
    },
    shipTo: {
      name: wish.name ?? 'Ada van der Berg',
      phone: '+31 6 12345678',
      email: 'ada@example.org',
      address: { line1: 'Oude Delft 75', city: 'Delft', postal_code: '2611 BC', country: 'NL' },
    },
    shippingMethod: 'standard',
  }
}

const grounds = ['#1d3b53', '#c2603a', '#5c7a5a', '#7a3b12', '#3d5873']

/** Something to know a job by: a ground of its own and a sun. */
const picture = (title: string): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 7"><path fill="${grounds[title.length % grounds.length]}" d="M0 0h5v7H0z"/>
      <circle cx="2.5" cy="3" r="1.3" fill="#f2d7a6"/><path fill="#fbfaf7" d="M1 5.4h3v.3H1zM1.6 6h1.8v.2H1.6z"/></svg>`),
  )
    .resize(300, 420)
    .jpeg()
    .toBuffer()
