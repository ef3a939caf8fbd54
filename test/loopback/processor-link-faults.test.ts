import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Transient } from '#chassis/errors.ts'
import { ForbiddenAddress, lookupAll } from '#chassis/http/address-guard.ts'
import { fetchLinked, Unreachable } from '../../services/processor/fetch/fetch-linked.ts'
import { TooManyBytes } from '../../services/processor/fetch/save-stream.ts'
import { listening } from './listening.ts'

const cleanUps: (() => unknown)[] = []
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-faults-'))
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
  await rm(folder, { recursive: true, force: true })
})

/** A customer's server on loopback; its http origin is exempt from the guard, as `--allow-source` makes it. */
async function peer(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  const { port, close } = await listening(server)
  cleanUps.push(close)
  return `127.0.0.1:${port}`
}

const fetchFrom = (url: string, allowed: string) =>
  fetchLinked({
    url,
    path: join(folder, 'source'),
    limitBytes: 1000,
    headBytes: 10,
    allowedOrigins: [allowed],
    lookup: lookupAll,
    signal: new AbortController().signal,
  })

test('a server that takes the request and never answers is given up, to be tried again', async () => {
  const host = await peer(() => undefined)
  await expect(fetchFrom(`http://${host}/a`, `http://${host}`)).rejects.toThrow(Transient)
})

test('a server that cuts the file off in the middle is tried again', async () => {
  const host = await peer((_request, response) => {
    response.writeHead(200, { 'content-length': '500' })
    response.write('half of it', () => response.destroy())
  })
  await expect(fetchFrom(`http://${host}/a`, `http://${host}`)).rejects.toThrow(Transient)
})

test('a server that is broken for the moment is tried again, one that refuses is the customer’s to mend', async () => {
  const host = await peer((request, response) => response.writeHead(request.url === '/busy' ? 503 : 403).end())
  await expect(fetchFrom(`http://${host}/busy`, `http://${host}`)).rejects.toThrow(Transient)
  await expect(fetchFrom(`http://${host}/secret`, `http://${host}`)).rejects.toThrow(Unreachable)
})

test('a server that does not speak TLS on an https address is the customer’s to mend', async () => {
  const host = await peer((_request, response) => response.end('plain'))
  await expect(fetchFrom(`https://${host}/a`, `https://${host}`)).rejects.toThrow(Unreachable)
})

test('a stream without end is cut off at the limit', async () => {
  const host = await peer((_request, response) => {
    const more = (): void => void response.write(Buffer.alloc(400), more)
    more()
  })
  await expect(fetchFrom(`http://${host}/a`, `http://${host}`)).rejects.toThrow(TooManyBytes)
})

test('an exempt server that redirects to this machine under another port is not followed', async () => {
  let isReached = false
  const canary = await peer((_request, response) => {
    isReached = true
    response.end()
  })
  const host = await peer((_request, response) => response.writeHead(302, { location: `https://${canary}/` }).end())
  await expect(fetchFrom(`http://${host}/a`, `http://${host}`)).rejects.toThrow(ForbiddenAddress)
  expect(isReached).toBe(false)
})

test('redirects in a circle end', async () => {
  const host = await peer((_request, response) => response.writeHead(302, { location: '/again' }).end())
  await expect(fetchFrom(`http://${host}/a`, `http://${host}`)).rejects.toThrow(Unreachable)
})
