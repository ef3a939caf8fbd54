import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { confinedCommand, detectConfinement } from '../../../services/processor/sandbox/confinement.ts'
import type { ProductPromise } from '../promise.ts'

const run = promisify(execFile)

/** What the part inside the namespace tells. */
const Told = Type.Object({
  tried: Type.Integer(),
  redirects: Type.Integer(),
  rebinds: Type.Integer(),
  sent: Type.Integer(),
  faults: Type.Array(Type.String()),
})

/** P10: no spelling, redirect or rebinding leads to an inside address, and the converter has no network at all. */
export const insideAddresses: ProductPromise = {
  id: 'P10',
  guarantee:
    'No spelling of an address, no redirect and no rebinding leads a fetch of a source, or a webhook, to the inside: 0 connections to canaries; the converter has no network at all.',
  run: async () => {
    const { told, where } = await fetchInside()
    const converter = await converterReaches()
    const faults = [...told.faults, ...(converter === undefined ? [] : [converter])]
    if (told.tried < 60) faults.push(`only ${told.tried} spellings were tried`)
    const figure = `${told.tried} spellings, ${told.redirects} redirects, ${told.rebinds} rebindings for sources and in ${told.sent} attempts of webhooks, ${told.faults.length} connections to canaries (${where}); converter without network: ${converter === undefined ? 'yes' : 'no'}`
    return { figure, faults }
  },
}

/** In a network of its own the addresses of clouds and routers are canaries of ours; elsewhere loopback alone is tried. */
async function fetchInside() {
  const script = join(import.meta.dirname, 'inside-process.ts')
  for (const before of [['--net'], ['--user', '--map-root-user', '--net']]) {
    if (!(await works('unshare', [...before, 'ip', 'link', 'set', 'lo', 'up']))) continue
    const { stdout } = await run('unshare', [...before, process.execPath, script, 'namespace'])
    return { told: parse('Told', Told, JSON.parse(stdout)), where: 'network namespace' }
  }
  const { stdout } = await run(process.execPath, [script, 'loopback'])
  return {
    told: parse('Told', Told, JSON.parse(stdout)),
    where: 'loopback only: no network namespace may be made here',
  }
}

async function works(command: string, rest: readonly string[]): Promise<boolean> {
  try {
    await run(command, [...rest])
    return true
  } catch {
    return false
  }
}

/** Words of what the converter reached, undefined when it reached nothing. */
async function converterReaches(): Promise<string | undefined> {
  const how = await detectConfinement()
  if (how === 'limits only') return 'the converter is not cut off: neither bubblewrap nor a namespace may be used here'
  const folder = await mkdtemp(join(tmpdir(), 'p10-'))
  let connections = 0
  const canary = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve))
  try {
    const address = canary.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const script = join(folder, 'reach.mjs')
    await writeFile(script, reaching(port))
    const [command, ...rest] = confinedCommand(how, script, folder)
    const { stdout } = await run(command, rest, { env: {}, timeout: 30_000 })
    return connections === 0 && stdout.trim() === ''
      ? undefined
      : `the converter reached ${stdout.trim() || 'a canary'}`
  } finally {
    canary.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Tries this machine, its network cards and a name; prints what answered. */
const reaching = (port: number): string => `
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { lookup } from 'node:dns/promises'
const attempt = (host, port) => new Promise((resolve) => {
  const socket = connect({ host, port, timeout: 2000 })
  socket.on('connect', () => { console.log(host + ':' + port); socket.destroy(); resolve() })
  socket.on('error', resolve).on('timeout', () => { socket.destroy(); resolve() })
})
await Promise.all([attempt('127.0.0.1', ${port}), attempt('::1', ${port}), attempt('localhost', ${port})])
for (const cards of Object.values(networkInterfaces())) for (const { internal, address } of cards) if (!internal) console.log('card ' + address)
await lookup('example.com').then(({ address }) => console.log('name ' + address), () => undefined)
`
