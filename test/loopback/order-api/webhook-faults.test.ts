import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Lookup } from '#chassis/http/address-guard.ts'
import { postWebhook } from '../../../services/order-api/webhooks/post-webhook.ts'

let close = async (): Promise<void> => undefined
afterEach(() => close())

/** A server on loopback that does what it likes with a connection; its origin is exempt in `send`. */
async function serverThat(acts: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    acts(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

const publicly: Lookup = async () => [{ address: '127.0.0.1', family: 4 }]
const send = (url: string, lookup = publicly) =>
  postWebhook({
    ...{ url, headers: {}, body: '{}', now: new Date('2026-11-21T12:00:00Z') },
    rules: { allowedOrigins: [new URL(url).origin].filter((origin) => !origin.includes('example')), lookup },
  })

test('a server that is away, cuts the line, or speaks something else is told to the publisher in words', async () => {
  const gone = await serverThat(() => undefined)
  await close()
  expect((await send(`http://${gone}/`)).fault).toBe('the connection was refused')
  const cut = await serverThat((socket) => socket.once('data', () => socket.destroy()))
  expect((await send(`http://${cut}/`)).fault).toMatch(/^the connection was (cut|closed without an answer)$/)
  await close()
  const babbles = await serverThat((socket) => socket.end('220 mail.example ESMTP\r\n'))
  expect((await send(`http://${babbles}/`)).fault).toBe('an answer that is not HTTP')
  expect((await send(`https://${babbles}/`)).fault).toMatch(/TLS/)
})

test('an address that leads inside is not sent to, and a name that leads nowhere is told as such', async () => {
  expect((await send('https://shop.example/')).fault).toBe('not sent: an address that is not on the public internet')
  expect((await send('https://shop.example:8443/')).fault).toBe('not sent: port 8443')
  const nowhere: Lookup = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  }
  expect((await send('https://shop.example/', nowhere)).fault).toBe('the host name does not exist')
})

test('Retry-After is read in seconds and as a date, and what is neither counts for nothing', async () => {
  let header = ''
  const busy = await serverThat((socket) =>
    socket.once('data', () => socket.end(`HTTP/1.1 503 Busy\r\nretry-after: ${header}\r\ncontent-length: 0\r\n\r\n`)),
  )
  const after = async (text: string) => {
    header = text
    return (await send(`http://${busy}/`)).retryAfterSeconds
  }
  expect(await after('120')).toBe(120)
  expect(await after('Sat, 21 Nov 2026 12:10:00 GMT')).toBe(600)
  for (const nonsense of ['soon', '-1', '1e9', 'Sat, 21 Nov 2020 12:00:00 GMT', '99999999999']) {
    expect([nonsense, await after(nonsense)]).toEqual([nonsense, undefined])
  }
})
