import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { pino } from 'pino'
import { createLog } from '#chassis/log.ts'
import { startDocumentStore } from '../../../local/cloud/document-store/start-document-store.ts'
import { createApp } from '../../../services/button-checkout/app.ts'
import { createContext } from '../../../services/button-checkout/context.ts'
import { buildPages } from '../../../services/button-checkout/pages/build/build-pages.ts'
import { makeTable } from '../../../services/button-checkout/store/make-table.ts'
import { listening } from '../listening.ts'
import { type PaymentsWorld, startPaymentsWorld } from '../payments-world.ts'
import { lyingAt, type PublishedWorld, startPublishedWorld } from '../published-world.ts'

export const checkoutUrl = 'https://checkout.example'
const table = 'checkouts'

/** How the CDN behaves. */
export type Cdn = { readonly url: string; mode: 'up' | 'down' | 'garbage'; asked: number }

export type CheckoutWorld = {
  readonly published: PublishedWorld
  readonly payments: PaymentsWorld
  readonly cdn: Cdn
  /** Of DynamoDB's stand-in. */
  readonly storeUrl: string
  readonly pagesDir: string
  readonly url: string
  /** Every route as it was added: `GET /checkout`, without the HEAD that each GET has. */
  readonly routes: readonly string[]
  readonly context: Awaited<ReturnType<typeof createContext>>
  /** Everything that the checkout logged, at every level. */
  readonly logged: readonly string[]
  /** Makes a publication, publishes it with all its documents, and gives its id. */
  readonly publish: (changes?: object) => Promise<string>
  /** Another process of the checkout, which has read nothing yet. */
  readonly anotherApp: (changes?: Readonly<Record<string, unknown>>) => Promise<string>
  readonly close: () => Promise<void>
}

/** The checkout on real documents of order-api, DynamoDB and the stand-in for Stripe, in this process. */
export async function startCheckoutWorld(): Promise<CheckoutWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-checkout-'))
  const pagesDir = join(folder, 'pages')
  const [published, payments, store] = await Promise.all([
    startPublishedWorld(),
    startPaymentsWorld(),
    startDocumentStore({ port: 0, dataDir: join(folder, 'table'), log: createLog('test', 'fatal') }),
    buildPages(pagesDir),
  ])
  published.api.clock.now = payments.now()
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const dynamo = new DynamoDBClient({ endpoint: store.url, region: 'eu-west-1', credentials })
  await makeTable(dynamo, table)
  const cdn = await startCdn(published)
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const closing: (() => Promise<void>)[] = []
  const context = (changes: object = {}) =>
    createContext({
      config: {
        ...payments.config,
        CHECKOUT_TABLE: table,
        ORDER_API_URL: 'http://127.0.0.1:1',
        ORDER_API_LIVE_KEY: `sk_live_${'0'.repeat(36)}`,
        ORDER_API_TEST_KEY: `sk_test_${'0'.repeat(36)}`,
        CDN_URL: cdn.url,
        CHECKOUT_URL: checkoutUrl,
        MASTER_KEYS: published.api.masterKeys,
        MAIL_FROM: 'Shop <shop@example.com>',
        SELLER: JSON.stringify({ name: 'Shop', lines: ['Street 1'], country: 'NL', email: 'shop@example.com' }),
        LISTEN_HOST: '127.0.0.1',
        LISTEN_PORT: 1,
        PAGES_DIR: pagesDir,
        TRUSTED_PROXIES: 1,
        REQUESTS_OF_AN_ADDRESS: 1_000_000,
        CHECKOUTS_OF_AN_ACCOUNT: 1_000_000,
        LOG_LEVEL: 'trace',
        ...changes,
      },
      dynamo,
      payments: payments.payments,
      log,
      now: payments.now,
    })
  const routes: string[] = []
  const listen = async (parts: Awaited<ReturnType<typeof context>>): Promise<string> => {
    const app = await createApp(parts)
    if (routes.length === 0) routes.push(...routesIn(app.printRoutes({ commonPrefix: false })))
    closing.push(() => app.close())
    return app.listen({ host: '127.0.0.1', port: 0 })
  }
  const own = await context()
  return {
    published,
    payments,
    cdn,
    storeUrl: store.url,
    pagesDir,
    url: await listen(own),
    routes,
    context: own,
    logged,
    publish: async (changes) => {
      const id = await published.make(changes)
      await published.publishAll()
      return id
    },
    anotherApp: async (changes) => listen(await context(changes)),
    close: async () => {
      for (const close of closing) await close()
      await Promise.all([cdn.close(), payments.standIn.close(), store.close()])
      dynamo.destroy()
      await published.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What Fastify prints as a tree, four signs a level: `│   └── /pay (POST)`. */
function routesIn(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line) ?? []
    const depth = indent.length / 4
    above.splice(depth, Number.POSITIVE_INFINITY, part)
    const added = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD')
    return added.map((method) => `${method} ${above.join('')}`)
  })
}

/** Serves the bucket of documents as a CDN does. */
async function startCdn(published: PublishedWorld): Promise<Cdn & { readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    cdn.asked += 1
    if (cdn.mode === 'down') return void response.socket?.destroy()
    if (cdn.mode === 'garbage') return void response.end('<html>captive portal</html>')
    lyingAt(published, request.url ?? '').then(
      (lying) => {
        if (!lying) return response.writeHead(404).end('{}')
        response.setHeader('content-type', lying.contentType ?? '')
        if (lying.contentEncoding) response.setHeader('content-encoding', lying.contentEncoding)
        return response.end(lying.body)
      },
      () => response.writeHead(500).end(),
    )
  })
  const { url, close } = await listening(server)
  const cdn: Cdn & { readonly close: () => Promise<void> } = { url, mode: 'up', asked: 0, close }
  return cdn
}
