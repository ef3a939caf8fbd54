import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ForbiddenAddress, type Lookup } from '#chassis/http/address-guard.ts'
import { fetchLinked, Unreachable } from '../../../services/processor/fetch/fetch-linked.ts'

let canary: Server
let port = 0
let connections = 0
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'addresses-'))
  canary = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  const address = canary.address()
  if (typeof address === 'object' && address) port = address.port
})

afterAll(async () => {
  await new Promise((resolve) => canary.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

/** Names that answer with inside addresses, as an attacker's DNS would. */
const names: Readonly<Record<string, readonly string[]>> = {
  'inside.example': ['10.0.0.1'],
  'loop.example': ['127.0.0.1'],
  'both.example': ['93.184.215.14', '127.0.0.1'],
  'six.example': ['::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'nothing.example': [],
  localhost: ['127.0.0.1'],
  'localhost.': ['127.0.0.1'],
}
const lookup: Lookup = async (host) =>
  (names[host] ?? ['127.0.0.1']).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

const fetching = (url: string) =>
  fetchLinked({
    url,
    path: join(folder, 'file'),
    limitBytes: 1000,
    headBytes: 16,
    allowedOrigins: [],
    lookup,
    signal: new AbortController().signal,
  })

const hosts = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '0',
    '0.0.0.0',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0x7f.0.0.1',
  ],
  ...[
    '017700000001',
    '0177.0.0.1',
    '0177.1',
    '127.0.0.1.',
    '127.000.000.001',
    '１２７.0.0.1',
    '127。0。0。1',
    '①②⑦.0.0.1',
  ],
  ...['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.254', '192.168.0.1', '192.168.1.1', '100.64.0.1'],
  ...['169.254.169.254', '169.254.170.2', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '192.0.0.1', '192.0.2.1'],
  ...['198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:169.254.169.254]'],
  ...['[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b::169.254.169.254]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]'],
  ...[
    '[2002:a9fe:a9fe::1]',
    '[2001:0:7f00:1::]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[2001:db8::1]',
  ],
  ...['[fec0::1]', '[::ffff:0:127.0.0.1]', '[100::1]', '[5f00::1]'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'inside.example', 'loop.example', 'both.example', 'six.example'],
  ...['mapped.example', 'metadata.example', 'nothing.example'],
]

describe('No spelling of an inside address leads to a connection', () => {
  test.each(hosts)('https://%s', async (host) => {
    await expect(fetching(`https://${host}/file`)).rejects.toBeInstanceOf(ForbiddenAddress)
    await expect(fetching(`https://${host}:${port}/file`)).rejects.toBeInstanceOf(ForbiddenAddress)
    expect(connections).toBe(0)
  })

  test.each([
    'http://93.184.215.14/file',
    'ftp://93.184.215.14/file',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'gopher://127.0.0.1:25/',
    'https://user:secret@93.184.215.14/file',
    'https://93.184.215.14:22/file',
    'https://93.184.215.14:8443/file',
    'https://[fe80::1%25eth0]/file',
    '//127.0.0.1/file',
    'not an address',
    '',
  ])('and no other kind of address is taken: %s', async (url) => {
    await expect(fetching(url)).rejects.toBeInstanceOf(ForbiddenAddress)
    expect(connections).toBe(0)
  })

  test('a name that does not exist is the customer’s to mend', async () => {
    const missing: Lookup = async () => {
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    }
    const signal = new AbortController().signal
    const options = { path: join(folder, 'none'), limitBytes: 1, headBytes: 1, allowedOrigins: [], signal }
    await expect(fetchLinked({ ...options, url: 'https://none.example/', lookup: missing })).rejects.toBeInstanceOf(
      Unreachable,
    )
  })

  test('there are at least sixty of them', () => {
    expect(new Set(hosts).size).toBeGreaterThanOrEqual(60)
  })
})
