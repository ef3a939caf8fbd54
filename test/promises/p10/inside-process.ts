import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttp } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import type { Lookup } from '#chassis/http/address-guard.ts'
import { postWebhook } from '../../../services/order-api/webhooks/post-webhook.ts'
import { wantTarget } from '../../../services/order-api/webhooks/target.ts'
import { fetchLinked } from '../../../services/processor/fetch/fetch-linked.ts'
import { canaryAddresses, publicAddress, spellings } from './spellings.ts'

/**
 * Runs in a network of its own (`namespace`), where every address stands on the loopback card and a canary listens on all of
 * them, or on `loopback` only. Prints what was tried and which canaries were reached as JSON.
 */
const isNamespace = process.argv[2] === 'namespace'
const faults: string[] = []
if (isNamespace) {
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  for (const address of [...canaryAddresses, publicAddress]) {
    execFileSync('ip', ['addr', 'add', `${address}/${address.includes(':') ? 128 : 32}`, 'dev', 'lo'])
  }
}

/** Who was connected to, by the address that the connection came in on. */
const canary = createServer((socket) => {
  if (socket.localAddress?.replace('::ffff:', '') !== publicAddress)
    faults.push(`a canary was reached on ${socket.localAddress}:${socket.localPort}`)
  socket.destroy()
})
const ports = isNamespace ? [443, 80, 22, 8443] : [0]
for (const port of ports) {
  const listening = port === 443 || port === 0 ? canary : createServer((socket) => canary.emit('connection', socket))
  await new Promise<void>((resolve) => listening.listen({ port, host: isNamespace ? '::' : '127.0.0.1' }, resolve))
}
const bound = canary.address()
const canaryPort = typeof bound === 'object' && bound ? bound.port : 443

// The canaries hear: otherwise their silence would say nothing.
const heardOn = isNamespace ? '169.254.169.254' : '127.0.0.1'
await new Promise<void>((resolve) =>
  connect(canaryPort, heardOn)
    .on('error', () => undefined)
    .on('close', () => resolve()),
)
if (faults.splice(0).length !== 1) faults.push('the canaries do not hear')

let location = ''
/** UTF-8 as headers carry it. */
const inHeader = (text: string): string => Buffer.from(text).toString('latin1')
const exempt = createHttp((_request, response) => response.writeHead(302, { location: inHeader(location) }).end())
await new Promise<void>((resolve) => exempt.listen(isNamespace ? 8080 : 0, '127.0.0.1', resolve))
const exemptAt = exempt.address()
const exemptOrigin = `http://127.0.0.1:${typeof exemptAt === 'object' && exemptAt ? exemptAt.port : 0}`

const folder = await mkdtemp(join(tmpdir(), 'p10-inside-'))
let files = 0
async function mustNotFetch(url: string, lookup: Lookup, allowedOrigins: readonly string[] = []): Promise<void> {
  files += 1
  try {
    await fetchLinked({
      url,
      path: join(folder, String(files)),
      limitBytes: 1000,
      headBytes: 16,
      allowedOrigins,
      lookup,
      signal: AbortSignal.timeout(5000),
    })
    faults.push(`${url} gave a file`)
  } catch {
    // Refused or not reached: both are right, and the canaries tell them from a connection.
  }
}

let sent = 0
/** The same address as the target of a webhook, in two attempts, each with a look-up of its own. */
async function mustNotSend(url: string, lookup: () => Lookup, allowedOrigins: readonly string[] = []): Promise<void> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    sent += 1
    const rules = { allowedOrigins, lookup: lookup() }
    const { status = 0 } = await postWebhook({ url, headers: {}, body: '{}', rules, now: new Date() })
    if (status >= 200 && status < 300) faults.push(`${url} took a webhook`)
  }
}
async function mustNotRegister(url: string, lookup: Lookup): Promise<void> {
  try {
    await wantTarget(url, { allowedOrigins: [], lookup })
    faults.push(`${url} was registered for webhooks`)
  } catch (error) {
    if (!(error instanceof Refused && error.code === 'webhook_target_forbidden')) throw error
  }
}

const inward: Lookup = async (host) =>
  host.endsWith('.six') ? [{ address: '::1', family: 6 }] : [{ address: '127.0.0.1', family: 4 }]
for (const host of spellings) {
  await mustNotFetch(`https://${host}/file`, inward)
  await mustNotFetch(`https://${host}:${canaryPort}/file`, inward)
  await mustNotFetch(`http://${host}/file`, inward)
  for (const url of [`https://${host}/hook`, `https://${host}:${canaryPort}/hook`, `http://${host}/hook`]) {
    await mustNotRegister(url, inward)
    await mustNotSend(url, () => inward)
  }
}
for (const host of spellings) {
  for (const scheme of ['https', 'http']) {
    location = `${scheme}://${host}/file`
    await mustNotFetch(`${exemptOrigin}/`, inward, [exemptOrigin])
    await mustNotSend(`${exemptOrigin}/`, () => inward, [exemptOrigin])
  }
}

/** The name is public when it is looked at and private the next time, and the other way round. */
const turns = ['169.254.169.254', '127.0.0.1', '10.0.0.1', '::1'].flatMap((inside) => [
  [publicAddress, inside],
  [inside, publicAddress],
  [publicAddress, publicAddress, inside],
])
for (const turn of turns) {
  const rebinding = (): Lookup => {
    let call = 0
    return async () => {
      const address = turn[Math.min(call, turn.length - 1)] ?? publicAddress
      call += 1
      return [{ address, family: address.includes(':') ? 6 : 4 }]
    }
  }
  await mustNotFetch('https://rebind.example/file', rebinding())
  await mustNotSend('https://rebind.example/hook', rebinding)
  // Over two attempts with one look-up: what was public at the first is inside at the second.
  const overTime = rebinding()
  await mustNotSend('https://rebind.example/hook', () => overTime)
  location = 'https://rebind.example/file'
  await mustNotFetch(`${exemptOrigin}/`, rebinding(), [exemptOrigin])
  await mustNotSend(`${exemptOrigin}/`, rebinding, [exemptOrigin])
}

await rm(folder, { recursive: true, force: true })
process.stdout.write(
  JSON.stringify({
    tried: spellings.length,
    redirects: spellings.length * 2,
    rebinds: turns.length * 2,
    sent,
    faults: faults.slice(0, 50),
  }),
)
process.exit()
