import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { afterEach, expect, test } from 'vitest'
import { createResolveAll } from '#chassis/http/resolve-all.ts'

let server: Socket | undefined
afterEach(() => server?.close())

/** A name server on loopback; `answer` gets what was asked and may send something back. */
async function nameServer(answer: (asked: Buffer) => Buffer | undefined): Promise<string> {
  const socket = createSocket('udp4')
  server = socket
  socket.on('message', (asked, { port, address }) => {
    const said = answer(asked)
    if (said) socket.send(said, port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return `127.0.0.1:${socket.address().port}`
}

const typeA = 1
/** 192.0.2.7 for IPv4, nothing for IPv6. */
function oneAddress(asked: Buffer): Buffer {
  const endOfName = asked.indexOf(0, 12)
  const question = asked.subarray(12, endOfName + 5)
  const isA = asked.readUInt16BE(endOfName + 1) === typeA
  const head = Buffer.from([asked[0] ?? 0, asked[1] ?? 0, 0x81, 0x80, 0, 1, 0, isA ? 1 : 0, 0, 0, 0, 0])
  const found = Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7])
  return Buffer.concat([head, question, ...(isA ? [found] : [])])
}

test('a name leads to the addresses that DNS has for it', async () => {
  const resolveAll = createResolveAll([await nameServer(oneAddress)])
  expect(await resolveAll('shop.example')).toEqual([{ address: '192.0.2.7', family: 4 }])
})

test('names whose servers never answer hold up no other look-up of the process', async () => {
  const resolveAll = createResolveAll([await nameServer(() => undefined)])
  let ended = 0
  const waiting = Array.from({ length: 16 }, (_, index) =>
    resolveAll(`never-${index}.example`).catch((error: unknown) => {
      ended += 1
      return error
    }),
  )
  await lookup('localhost')
  expect(ended).toBe(0)
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 'ETIMEOUT' })
}, 15_000)
