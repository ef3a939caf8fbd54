import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '#chassis/log.ts'
import { createEdge } from '../../local/edge/edge.ts'
import { startFrontDoor } from '../../local/front-door/front-door.ts'
import { freePorts } from '../../local/supervisor/ports.ts'

const cleanUps: (() => unknown)[] = []
let folder = ''
let apiPort = 0

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'printcloud-front-door-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  apiPort = await freePorts(1)
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** Stands where order-api stands. */
async function listen(listener: RequestListener): Promise<void> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(apiPort, '127.0.0.1', resolve))
  cleanUps.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
}

async function door(): Promise<string> {
  const shops = [
    { id: 'fac_a', name: 'Shop <A>', city: 'Utrecht', country: 'NL', hotFolder: '/home/ada/.printcloud/hot/a' },
  ]
  const front = await startFrontDoor({
    port: 0,
    orderApiUrl: `http://127.0.0.1:${apiPort}`,
    checkoutUrl: `http://127.0.0.1:${apiPort}`,
    edge: createEdge({ origin: { get: () => Promise.reject(new Error('no store')) } }),
    paymentsUrl: 'http://127.0.0.1:9',
    mailUrl: 'http://127.0.0.1:9',
    samplesFolder: join(folder, 'samples'),
    shops,
    log: createLog('front-door', 'fatal'),
  })
  cleanUps.push(front.close)
  return front.url
}

describe('the front door', () => {
  test('hands a call to order-api with its headers and body, and the answer back as it is', async () => {
    await listen(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { authorization, 'idempotency-key': key } = request.headers
      response.writeHead(201, { 'x-request-id': 'r1', 'content-type': 'application/json' })
      response.end(JSON.stringify({ url: request.url, authorization, key, body: Buffer.concat(chunks).toString() }))
    })
    const answer = await fetch(`${await door()}/v1/orders?limit=1`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk', 'idempotency-key': 'k1' },
      body: 'ä'.repeat(10),
    })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('x-request-id')).toBe('r1')
    expect(await answer.json()).toEqual({
      url: '/v1/orders?limit=1',
      authorization: 'Bearer sk',
      key: 'k1',
      body: 'ä'.repeat(10),
    })
  })

  test('carries an order with its key over a restart of order-api', async () => {
    const url = await door()
    const answer = fetch(`${url}/v1/orders`, { method: 'POST', headers: { 'idempotency-key': 'k' }, body: '{}' })
    await listen((_, response) => void response.writeHead(201).end('{}'))
    expect((await answer).status).toBe(201)
  })

  test('sends a call that may not run twice only once, and says that it failed', async () => {
    let calls = 0
    await listen((request) => {
      calls += 1
      request.socket.destroy()
    })
    const answer = await fetch(`${await door()}/v1/orders/ord_1/cancel`, { method: 'POST' })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'unavailable', retryable: true, status: 503 })
    expect(calls).toBe(1)
  })

  test('refuses a body larger than any order', async () => {
    const answer = await fetch(`${await door()}/v1/orders`, { method: 'POST', body: Buffer.alloc(5 * 1024 * 1024) })
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ code: 'body_too_large' })
  })

  test('shows a page that says where everything is', async () => {
    const url = await door()
    const answer = await fetch(url)
    expect(answer.headers.get('content-type')).toContain('text/html')
    const page = await answer.text()
    const where = [
      '/docs',
      '/openapi.json',
      'http://127.0.0.1:9',
      `<code>${url}</code>`,
      'npx printcloud login --local',
    ]
    for (const words of [...where, 'Shop &lt;A>', 'npm run demo']) expect(page).toContain(words)
    expect(page).toContain(
      'title="/home/ada/.printcloud/hot/a"><span>.printcloud</span>/<wbr><span>hot</span>/<wbr><span>a<',
    )
    expect(page).toContain('<link rel="icon" href="data:image/svg+xml,')
  })

  test('gives out samples and nothing beside them', async () => {
    const url = await door()
    expect((await fetch(`${url}/samples/a.pdf`)).status).toBe(404)
    mkdirSync(join(folder, 'samples'))
    writeFileSync(join(folder, 'samples', 'a.pdf'), '%PDF-1.7')
    writeFileSync(join(folder, 'secret.pdf'), 'secret')
    const answer = await fetch(`${url}/samples/a.pdf`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(await answer.text()).toBe('%PDF-1.7')
    expect(await rawStatus(url, '/samples/../secret.pdf')).toBe(404)
    expect(await rawStatus(url, '/samples/%2e%2e%2fsecret.pdf')).toBe(404)
  })
})

/** fetch would tidy the path. */
function rawStatus(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { path }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })
}
