import { connect } from 'node:net'
import { pino } from 'pino'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addRateLimits } from '#chassis/http/rate-limits.ts'
import { createHttpServer } from '#chassis/http/server.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { issuesOf } from '#contracts/parse.ts'
import { problemCodes } from '#contracts/problem-codes.ts'

/** What was logged, one JSON object a line. */
const lines: string[] = []
const server = createHttpServer({
  log: pino({ level: 'debug', messageKey: 'event' }, { write: (line: string) => void lines.push(line) }),
  problems: { table: problemCodes, docsUrl: '/errors' },
  issuesOf,
  load: { mostAtOnce: 2, mostDelayMilliseconds: 60_000 },
})
addRateLimits(
  server,
  {
    reads: { name: 'reads', quota: 3, windowSeconds: 60 },
    writes: { name: 'writes', quota: 1, windowSeconds: 60 },
  },
  ({ headers }) => headers.authorization,
)
/** Requests that wait here, until a test lets them go. */
const waiting: (() => void)[] = []
/** Callers of `/known`, whose key is looked up until a test has found it. */
const lookups: (() => void)[] = []
let url = ''
let port = 0

beforeAll(async () => {
  server.get('/things/:id', { handler: async () => ({ a: 1 }) })
  server.get('/page', { handler: async (_request, reply) => reply.type('text/html').send('<p>') })
  server.get('/slow', { handler: () => new Promise((resolve) => void waiting.push(() => resolve({ slow: true }))) })
  server.post('/things', { schema: { body: Type.Object({}) }, handler: async () => ({ made: true }) })
  server.get('/known', { onRequest: (_request, _reply, done) => void lookups.push(done), handler: async () => ({}) })
  server.get('/healthz', { handler: async () => ({ status: 'ok' }) })
  await server.ready()
  url = await server.listen({ host: '127.0.0.1', port: 0 })
  port = Number(new URL(url).port)
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${url}${path}`, { headers })

/** Everything that comes back on a connection of its own. */
async function speak(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  for (const piece of pieces) socket.write(piece)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  await new Promise((resolve) => socket.once('close', resolve))
  return answer
}

function problemIn(answer: string): { status: number; code: string; requestId: string | undefined } {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const problem: unknown = JSON.parse(body)
  expect(issuesOf(Problem, problem)).toEqual([])
  expect(head.toLowerCase()).toContain('content-type: application/problem+json')
  const { code, request_id } = { code: '', request_id: '', ...Object(problem) }
  expect(/^x-request-id: (.+)$/im.exec(head)?.[1]?.trim()).toBe(request_id)
  return { status: Number(head.split(' ')[1]), code, requestId: request_id }
}

describe('a read', () => {
  test('has a tag; whoever has the same bytes gets 304 and no body', async () => {
    const first = await get('/things/1')
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*', ` ${tag} `]) {
      const again = await get('/things/1', { 'if-none-match': header })
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag])
      expect(again.headers.get('x-request-id')).toMatch(/^req_/)
      expect(again.headers.get('content-type')).toBeNull()
    }
  })

  test.each(['', '"', 'W/', '"other"', 'etag', '*x', `"${'a'.repeat(8000)}"`, '"a", "b",,,', "'; drop table"])(
    'with the tag %s that is none gets the whole answer',
    async (header) => {
      const answer = await get('/things/1', { 'if-none-match': header })
      expect([answer.status, await answer.json()]).toEqual([200, { a: 1 }])
    },
  )

  test('by HEAD has the same headers and no body, with 304 too', async () => {
    const full = await get('/things/1')
    const head = await fetch(`${url}/things/1`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['etag', 'content-type', 'content-length']) {
      expect(head.headers.get(name)).toBe(full.headers.get(name))
    }
    const known = { 'if-none-match': full.headers.get('etag') ?? '' }
    expect((await fetch(`${url}/things/1`, { method: 'HEAD', headers: known })).status).toBe(304)
  })

  test('of a page that is not JSON has no tag, and no write has one', async () => {
    expect((await get('/page')).headers.get('etag')).toBeNull()
    const made = await fetch(`${url}/things`, { method: 'POST', headers: { 'if-none-match': '*' } })
    expect(made.headers.get('etag')).toBeNull()
  })
})

describe('a key', () => {
  test('reads and writes as often as the policy says, and is then told when to come again', async () => {
    const authorization = 'limited'
    const reads = []
    for (let n = 0; n < 4; n += 1) reads.push(await get('/things/1', { authorization }))
    expect(reads.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(reads.map(({ headers }) => headers.get('ratelimit'))).toEqual([
      '"reads";r=2;t=20',
      '"reads";r=1;t=40',
      '"reads";r=0;t=60',
      '"reads";r=0;t=60',
    ])
    expect(reads[3]?.headers.get('ratelimit-policy')).toBe('"reads";q=3;w=60')
    expect(Number(reads[3]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await reads[3]?.json()).toMatchObject({ code: 'rate_limited', retryable: true })
    const write = () =>
      fetch(`${url}/things`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{}',
      })
    expect([(await write()).status, (await write()).status]).toEqual([200, 429])
  })
})

describe('when as much is at work as can be', () => {
  test('one more is refused at once, health is still answered, and afterwards all goes on', async () => {
    const slow = [get('/slow'), get('/slow')]
    await expect.poll(() => waiting.length).toBe(2)
    const shed = await get('/things/1', { 'x-request-id': 'mine-1' })
    expect([shed.status, shed.headers.get('retry-after'), shed.headers.get('x-request-id')]).toEqual([
      503,
      '1',
      'mine-1',
    ])
    expect(shed.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    const problem: unknown = await shed.json()
    expect(issuesOf(Problem, problem)).toEqual([])
    expect(problem).toMatchObject({ code: 'overloaded', request_id: 'mine-1', type: '/errors#overloaded' })
    expect((await get('/healthz')).status).toBe(200)
    // Whoever writes it behind an address is served no sooner for that.
    expect((await get('/things/1?x=/healthz')).status).toBe(503)
    for (const go of waiting.splice(0)) go()
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200])
    expect((await get('/things/1')).status).toBe(200)
  })

  test('bodies that are still on their way keep nobody out, and are counted when they are there', async () => {
    const head = 'POST /things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n'
    const sockets = Array.from({ length: 5 }, () => connect(port, '127.0.0.1'))
    for (const socket of sockets) socket.write(`${head}{`)
    expect((await get('/things/1')).status).toBe(200)
    const slow = [get('/slow'), get('/slow')]
    await expect.poll(() => waiting.length).toBe(2)
    const [late] = sockets
    const answered = new Promise((resolve) => late?.once('data', (chunk) => resolve(String(chunk))))
    late?.write('}')
    expect(await answered).toContain('503')
    for (const go of waiting.splice(0)) go()
    await Promise.all(slow)
    for (const socket of sockets) socket.destroy()
  })

  test('callers whose key is being looked up keep nobody out, however many wait', async () => {
    const answered: number[] = []
    const looked = Array.from({ length: 5 }, () => get('/known').then(({ status }) => answered.push(status)))
    await expect.poll(() => lookups.length).toBe(5)
    expect((await get('/things/1')).status).toBe(200)
    for (const [place, found] of lookups.splice(0).entries()) {
      found()
      await expect.poll(() => answered.length).toBe(place + 1)
    }
    expect(answered).toEqual([200, 200, 200, 200, 200])
    await Promise.all(looked)
  })

  test('callers who leave take nothing with them', async () => {
    const leaving = new AbortController()
    const slow = [0, 1].map(() => fetch(`${url}/slow`, { signal: leaving.signal }).catch(() => 'left'))
    await expect.poll(() => waiting.length).toBe(2)
    leaving.abort()
    await Promise.all(slow)
    for (const go of waiting.splice(0)) go()
    await expect.poll(async () => (await get('/things/1')).status).toBe(200)
  })
})

test('every answer stands in the log under its request id, whoever gave it', async () => {
  lines.length = 0
  const id = { 'x-request-id': 'for-the-log' }
  const known = (await get('/things/1')).headers.get('etag') ?? ''
  const slow = [get('/slow'), get('/slow')]
  await expect.poll(() => waiting.length).toBe(2)
  await get('/things/1', id)
  for (const go of waiting.splice(0)) go()
  await Promise.all(slow)
  await get('/things/1', { ...id, 'if-none-match': known })
  await get('/nowhere', id)
  await get('/%zz', id)
  await fetch(`${url}/things`, { method: 'POST', headers: { ...id, 'content-type': 'text/plain' }, body: 'x' })
  const broken = problemIn(await speak('hello\r\n\r\n'))
  const told = () => lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'answered')
  await expect.poll(() => told().filter(({ requestId }) => requestId === 'for-the-log').length).toBe(5)
  const statuses = told().flatMap(({ requestId, status }) => (requestId === 'for-the-log' ? [status] : []))
  expect(statuses).toEqual([503, 304, 404, 404, 415])
  expect(told().some(({ requestId }) => requestId === broken.requestId)).toBe(true)
})

describe('an address', () => {
  test('with other methods says which', async () => {
    const answer = await fetch(`${url}/things/1`, { method: 'DELETE' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(await answer.json()).toMatchObject({
      code: 'method_not_allowed',
      detail: expect.stringContaining('GET, HEAD'),
    })
    expect((await fetch(`${url}/things`, { method: 'OPTIONS' })).headers.get('allow')).toBe('POST')
  })

  test('with a slash too many is told so; no header changes a method', async () => {
    const slashed = await get('/things/1/')
    expect(await slashed.json()).toMatchObject({
      code: 'not_found',
      detail: expect.stringContaining('leave out the slash'),
    })
    expect((await get('/page', { 'x-http-method-override': 'DELETE' })).status).toBe(200)
  })
})

describe('what is hardly HTTP is still answered as a problem with a request id', () => {
  const line = 'GET /things/1 HTTP/1.1\r\n'
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400, 'malformed_http'],
    ['64 kB of headers', `${line}host: a\r\nx: ${'a'.repeat(65_536)}\r\n\r\n`, 431, 'headers_too_large'],
    ['no Host', `${line}connection: close\r\n\r\n`, 400, 'malformed_http'],
    ['a header without a name', `${line}host: a\r\n: b\r\n\r\n`, 400, 'malformed_http'],
    ['a NUL in a header', `${line}host: a\r\nx: \u0000\r\n\r\n`, 400, 'malformed_http'],
    [
      'two lengths',
      `POST /things HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
      400,
      'malformed_http',
    ],
    [
      'a length and chunks',
      `POST /things HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      'malformed_http',
    ],
    [
      'a chunk of no size',
      `POST /things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
      400,
      'malformed_http',
    ],
    ['HTTP/3.0', 'GET / HTTP/3.0\r\nhost: a\r\n\r\n', 400, 'malformed_http'],
    ['another expectation', `${line}host: a\r\nexpect: wonders\r\nconnection: close\r\n\r\n`, 400, 'malformed_http'],
  ])('%s', async (_what, text, status, code) => {
    expect(problemIn(await speak(text))).toMatchObject({ status, code })
  })

  test('HTTP/1.0 is served, and the connection is closed', async () => {
    expect(await speak('GET /things/1 HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 OK[\s\S]*\{"a":1\}$/)
  })

  test('requests that come in one piece are answered in their order', async () => {
    const answers = await speak(
      `${line}host: a\r\n\r\nGET /page HTTP/1.1\r\nhost: a\r\n\r\n${line}host: a\r\nconnection: close\r\n\r\n`,
    )
    expect([...answers.matchAll(/HTTP\/1.1 (\d+)|\{"a":1\}|<p>/g)].map(([found]) => found)).toEqual([
      ...['HTTP/1.1 200', '{"a":1}', 'HTTP/1.1 200', '<p>', 'HTTP/1.1 200', '{"a":1}'],
    ])
  })

  test('a body in chunks of one byte is a body like any other', async () => {
    const answer = await speak(
      'POST /things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n',
      '1\r\n{\r\n',
      '1;x=y\r\n}\r\n',
      '0\r\ntrailer: 1\r\n\r\n',
    )
    expect(answer).toContain('{"made":true}')
  })

  test('headers that come twice are no way in', async () => {
    const answer = await speak(
      `${line}host: a\r\nhost: b\r\nx-request-id: a\r\nx-request-id: b\r\nif-none-match: "a"\r\nif-none-match: "b"\r\nconnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 (200|400)/)
  })
})
