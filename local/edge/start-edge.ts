import { createServer, type Server } from 'node:http'
import type { Edge } from './edge.ts'
import { createEdgeHandler } from './handler.ts'
import { answerPurge, purgeMethod } from './purge.ts'

/** An edge that listens on 127.0.0.1. */
export type EdgeServer = { readonly url: string; readonly close: () => Promise<void> }

/** Serves one edge, and takes its purges at any address. Port 0 chooses a free one. */
export async function startEdge({
  edge,
  port = 0,
}: {
  readonly edge: Edge
  readonly port?: number
}): Promise<EdgeServer> {
  const handle = createEdgeHandler(edge)
  const server = createServer((request, response) => {
    if (request.method === purgeMethod) answerPurge(edge, request, response)
    else void handle(request, response)
  })
  return { url: await listen(server, port), close: () => close(server) }
}

/** Resolves to the address. */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address to listen on')
  return `http://127.0.0.1:${address.port}`
}

export async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
