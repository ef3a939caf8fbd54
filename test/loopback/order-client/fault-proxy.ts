import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listening } from '../listening.ts'

/** What becomes of one request. `lost`: it arrives, and its answer does not; `cut`: half of its answer does. */
export type Fault =
  | 'reset'
  | 'lost'
  | 'cut'
  | 'silent'
  | 'garbage'
  | { readonly status: number; readonly retryAfter?: string }
type Seen = { readonly method: string; readonly path: string; readonly headers: IncomingMessage['headers'] }

export type FaultProxy = {
  readonly url: string
  /** What happens to the next requests, one each; then all goes well again. */
  readonly next: (...faults: readonly Fault[]) => void
  /** What happens to all that have no fault of their own. */
  readonly always: (fault: Fault | undefined) => void
  readonly seen: Seen[]
  readonly close: () => Promise<void>
}

/** A proxy between a client and the API that does what networks and load balancers do. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const planned: Fault[] = []
  const seen: Seen[] = []
  let standing: Fault | undefined
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request
    seen.push({ method, path: url, headers })
    answer(target, planned.shift() ?? standing, request, response).catch(() => response.destroy())
  })
  const { url, close } = await listening(server)
  return {
    url,
    next: (...faults) => planned.push(...faults),
    always: (fault) => {
      standing = fault
    },
    seen,
    close,
  }
}

async function answer(target: string, fault: Fault | undefined, request: IncomingMessage, response: ServerResponse) {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  if (fault === 'silent') return
  if (fault === 'reset') return void response.destroy()
  if (fault === 'garbage') return void response.end('<html>It works!</html>')
  if (typeof fault === 'object') {
    response.writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter })
    return void response.end('not now')
  }
  const { status, headers, body } = await forwarded(target, request, Buffer.concat(parts))
  if (fault === 'lost') return void response.destroy()
  response.writeHead(status, { ...headers, 'content-length': body.byteLength })
  if (fault === 'cut') return void response.write(body.subarray(0, body.byteLength / 2), () => response.destroy())
  response.end(body)
}

/** The same request to the API, and its answer. */
export async function forwarded(target: string, { url = '/', method = 'GET', headers }: IncomingMessage, body: Buffer) {
  const kept = [
    'authorization',
    'content-type',
    'idempotency-key',
    'if-none-match',
    'x-request-id',
    'x-amz-date',
    'x-amz-target',
  ]
  const passed = kept.flatMap((name): [string, string][] => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  const answered = await fetch(`${target}${url}`, {
    method,
    headers: passed,
    ...(body.byteLength > 0 ? { body: new Uint8Array(body) } : {}),
  })
  const back = ['content-type', 'etag', 'retry-after', 'x-request-id', 'idempotent-replayed']
  return {
    status: answered.status,
    headers: Object.fromEntries(
      back.flatMap((name) => (answered.headers.has(name) ? [[name, answered.headers.get(name) ?? '']] : [])),
    ),
    body: Buffer.from(await answered.arrayBuffer()),
  }
}
