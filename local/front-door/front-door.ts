import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Log } from '#chassis/log.ts'
import { isPublished } from '../edge/address.ts'
import type { Edge } from '../edge/edge.ts'
import { createEdgeHandler, type EdgeHandler } from '../edge/handler.ts'
import { answerPurge, purgeMethod } from '../edge/purge.ts'
import { type ProxiedService, proxy } from './proxy.ts'
import { sendSample } from './samples.ts'
import { startPage } from './start-page.ts'

const Shop = Type.Object({
  id: Type.String(),
  name: Type.String(),
  city: Type.String(),
  country: Type.String(),
  hotFolder: Type.String(),
  pageUrl: Type.Optional(Type.String({ description: 'page of its print client' })),
})
export type Shop = Static<typeof Shop>

export type FrontDoorOptions = {
  readonly port: number
  readonly orderApiUrl: string
  readonly checkoutUrl: string
  /** What answers for published documents, whether order-api is there or not. */
  readonly edge: Edge
  /** The stand-in for the payment provider. */
  readonly paymentsUrl: string
  readonly mailUrl: string
  readonly samplesFolder: string
  /** Where it is said what the demo shop sells, once it is open; no shop is to come without it. */
  readonly shopFile?: string
  readonly shops: readonly Shop[]
  readonly log: Log
}

export type FrontDoor = { readonly url: string; readonly close: () => Promise<void> }

/** What order-api answers, */
const ofOrderApi = /^\/(v1\/|healthz$|openapi\.json$|errors$|docs($|\/))/
/** and what the checkout answers; everything else is the front door's own. */
const ofCheckout = /^\/(checkout|order)($|\/)/

/** One address for people and callers: the start page, the API, published documents, the samples. In the cloud a CDN does this. */
export async function startFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const answerPublished = createEdgeHandler(options.edge)
  const inside = { ...options, answerPublished }
  const server = createServer((request, response) => {
    handle(inside, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'front_door_failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      await closed
    },
  }
}

/** Throws when the text is not a list of shops. */
export function readShops(text: string): Shop[] {
  return Value.Parse(Type.Array(Shop), JSON.parse(text))
}

function serviceOf({ orderApiUrl, checkoutUrl }: FrontDoorOptions, path: string): ProxiedService | undefined {
  if (ofOrderApi.test(path)) return { name: 'order_api', baseUrl: orderApiUrl }
  return ofCheckout.test(path) ? { name: 'checkout', baseUrl: checkoutUrl } : undefined
}

type Inside = FrontDoorOptions & { readonly answerPublished: EdgeHandler }

async function handle(options: Inside, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === purgeMethod) return answerPurge(options.edge, request, response)
  const target = request.url ?? '/'
  // The target as it came: tidied, /public/../v1 would be an address of order-api.
  if (isPublished(target)) return options.answerPublished(request, response)
  const url = URL.parse(target, 'http://front-door')
  if (!url) {
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('That is no address.\n')
    return
  }
  const path = url.pathname
  const service = serviceOf(options, path)
  if (service) return proxy(request, response, { ...service, path: `${path}${url.search}`, log: options.log })
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end()
    return
  }
  if (path.startsWith('/samples/')) return sendSample(options.samplesFolder, path.slice('/samples/'.length), response)
  if (path !== '/') {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is nothing here.\n')
    return
  }
  const page = await startPage(options, `http://127.0.0.1:${request.socket.localPort}`)
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page)
}
