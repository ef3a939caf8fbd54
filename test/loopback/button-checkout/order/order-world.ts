import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as forward } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { pino } from 'pino'
import sharp from 'sharp'
import { createLog } from '#chassis/log.ts'
import { startDocumentStore } from '../../../../local/cloud/document-store/start-document-store.ts'
import { createApp } from '../../../../services/button-checkout/app.ts'
import type { Checkout } from '../../../../services/button-checkout/checkouts/checkout.ts'
import { linkPath } from '../../../../services/button-checkout/checkouts/links.ts'
import { createContext } from '../../../../services/button-checkout/context.ts'
import { buildPages } from '../../../../services/button-checkout/pages/build/build-pages.ts'
import { createStripePayments } from '../../../../services/button-checkout/payment/stripe-payments.ts'
import { makeTable } from '../../../../services/button-checkout/store/make-table.ts'
import { paidAt, paidCheckout, seller } from '../../../unit/button-checkout/bought-checkout.ts'
import { listening } from '../../listening.ts'
import { createDesk } from './order-desk.ts'

const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** Orders that were paid, with the real app in front of a real table; everything else is away. */
export async function startOrderWorld() {
  const clock = { now: new Date(paidAt) }
  const now = () => clock.now
  const folder = await mkdtemp(join(tmpdir(), 'orders-'))
  const server = await startDocumentStore({ port: 0, dataDir: join(folder, 'table'), log: createLog('test', 'silent') })
  const credentials = { accessKeyId: 'k', secretAccessKey: 's' }
  const dynamo = new DynamoDBClient({ endpoint: server.url, region: 'eu-west-1', credentials })
  await Promise.all([makeTable(dynamo, 'checkouts'), buildPages(join(folder, 'pages'))])
  const picture = await pictureBytes()
  let appUrl = ''
  const front = await listening(
    createServer((request, response) => {
      if (request.url?.startsWith('/public/')) {
        response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)
        return
      }
      const { method, headers, url = '/' } = request
      const onward = forward(`${appUrl}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      onward.on('error', () => response.destroy())
      request.pipe(onward)
    }),
  )
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const desk = createDesk(now)
  const config = {
    ...{
      CHECKOUT_TABLE: 'checkouts',
      ORDER_API_URL: 'http://127.0.0.1:1',
      CDN_URL: front.url,
      CHECKOUT_URL: front.url,
    },
    ...{ ORDER_API_LIVE_KEY: `sk_live_${'0'.repeat(36)}`, ORDER_API_TEST_KEY: `sk_test_${'0'.repeat(36)}` },
    ...{ MASTER_KEYS: Buffer.alloc(32, 7).toString('base64'), SELLER: JSON.stringify(seller) },
    ...{ STRIPE_LIVE_KEY: '', STRIPE_TEST_KEY: '', STRIPE_WEBHOOK_SECRETS: '', STRIPE_URL: '' },
    ...{ MAIL_FROM: 'a@example.com', LISTEN_HOST: '127.0.0.1', LISTEN_PORT: 1, PAGES_DIR: join(folder, 'pages') },
    ...{ TRUSTED_PROXIES: 0, REQUESTS_OF_AN_ADDRESS: 1_000_000, CHECKOUTS_OF_AN_ACCOUNT: 1_000_000 },
    LOG_LEVEL: 'trace' as const,
  }
  const payments = createStripePayments(config, now)
  const context = { ...(await createContext({ config, dynamo, payments, log, now })), ordersOf: desk.ordersOf }
  const app = await createApp(context)
  appUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  let count = 0
  return {
    ...{ clock, desk, context, logged, url: front.url },
    /** A checkout in the table, and the path of its order page. */
    bought: async (change: Partial<Checkout> = {}): Promise<{ readonly id: string; readonly path: string }> => {
      count += 1
      const id = `chk_01k9y00000000000000000${letters[count >> 10]}${letters[(count >> 5) & 31]}${letters[count & 31]}a`
      const sale = change.sale ? { sale: { ...change.sale, checkout_id: id } } : {}
      await context.store.insert(paidCheckout({ ...change, ...sale, id, version: 1 }))
      return { id, path: linkPath(context.keyring, 'order', id) }
    },
    close: async () => {
      await app.close()
      await front.close()
      dynamo.destroy()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
export type OrderWorld = Awaited<ReturnType<typeof startOrderWorld>>

const pictureBytes = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><path fill="#f2d7a6" d="M0 0h3v4H0z"/>
      <path fill="#1d3b53" d="M0 2.4h3V4H0z"/><path fill="#c2603a" d="M.6 2.5h1.8L2 2.9H.9zM1.4.8l.8 1.5h-.8z"/></svg>`),
  )
    .resize(480, 640)
    .jpeg()
    .toBuffer()
