import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join, normalize } from 'node:path'
import { type Listening, listening } from '../listening.ts'
import { forwarded } from './fault-proxy.ts'

/** A shop's web site: an empty page, the client's files under /client, and the API behind the same origin. */
export async function startShopSite(clientFolder: string, apiUrl: string): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(clientFolder, apiUrl, request, response).catch(() => response.destroy())
  })
  return await listening(server)
}

async function serve(clientFolder: string, apiUrl: string, request: IncomingMessage, response: ServerResponse) {
  const path = normalize(new URL(request.url ?? '/', 'http://shop').pathname)
  if (path === '/') {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Shop</title>')
  } else if (path.startsWith('/client/')) {
    response.setHeader('content-type', 'text/javascript').end(await readFile(join(clientFolder, path.slice(8))))
  } else {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { status, headers, body } = await forwarded(apiUrl, request, Buffer.concat(parts))
    response.writeHead(status, headers).end(body)
  }
}
