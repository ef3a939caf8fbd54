import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePorts } from '../supervisor/ports.ts'
import type { Origin } from './origin.ts'
import { startOriginGateway } from './origin-gateway.ts'
import type { EdgeServer } from './start-edge.ts'
import { vclOf } from './varnish-vcl.ts'

export type VarnishOptions = {
  /** Path of varnishd, from `findVarnish`. */
  readonly program: string
  readonly first: Origin
  readonly standby: Origin
  /** See VclOptions. */
  readonly timesFaster?: number
  readonly memory?: string
}

const readyWithinMilliseconds = 30_000
const pauseMilliseconds = 50
const linesKept = 30

/** Where varnishd is on this machine; undefined where it is not installed, or not with its xkey module (Debian: varnish, varnish-modules). */
export async function findVarnish(): Promise<string | undefined> {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']) {
    const program = join(folder, 'varnishd')
    if ((await isThere(program)) && (await hasXkey(program))) return program
  }
  return undefined
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Compiling a rule that uses it is the one sure way to know. */
async function hasXkey(program: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-vcl-'))
  try {
    const file = join(folder, 'probe.vcl')
    await writeFile(file, 'vcl 4.1;\nimport std;\nimport xkey;\nbackend default none;\n')
    await promisify(execFile)(program, ['-j', 'none', '-n', folder, '-C', '-f', file], { maxBuffer: 2 ** 26 })
    return true
  } catch {
    // Not there, not runnable, no compiler beside it, or without the module: it cannot be used, whatever the reason.
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A real Varnish in front of the two stores, with the rules of our edge. Throws with its last words when it does not start. */
export async function startVarnish(options: VarnishOptions): Promise<EdgeServer> {
  const { program, first, standby, timesFaster = 1, memory = '64m' } = options
  const folder = await mkdtemp(join(tmpdir(), 'printcloud-varnish-'))
  const gateways: EdgeServer[] = []
  const words: string[] = []
  let child: ChildProcess | undefined
  const close = async (): Promise<void> => {
    if (child) await ended(child)
    for (const gateway of gateways) await gateway.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const origin of [first, standby]) gateways.push(await startOriginGateway({ origin }))
    const [firstPort = 0, standbyPort = 0] = gateways.map(({ url }) => Number(new URL(url).port))
    const file = join(folder, 'edge.vcl')
    await writeFile(file, vclOf({ firstPort, standbyPort, timesFaster }))
    const port = await freePorts(1)
    const place = ['-n', join(folder, 'run'), '-a', `127.0.0.1:${port}`, '-f', file, '-s', `malloc,${memory}`]
    // No jail: it runs as whoever runs the tests, in a folder of its own.
    child = spawn(program, ['-F', '-j', 'none', ...place, '-T', 'none'], { stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        words.push(data.toString('utf8'))
        words.splice(0, words.length - linesKept)
      })
    }
    const url = `http://127.0.0.1:${port}`
    await answers(url, child, words)
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function answers(url: string, child: ChildProcess, words: readonly string[]): Promise<void> {
  const until = performance.now() + readyWithinMilliseconds
  for (;;) {
    if (child.exitCode !== null) throw new Error(`varnishd ended with ${child.exitCode}:\n${words.join('')}`)
    const answer = await fetch(url, { method: 'OPTIONS' }).catch(() => undefined)
    if (answer) return
    if (performance.now() > until) throw new Error(`varnishd does not answer:\n${words.join('')}`)
    await wait(pauseMilliseconds)
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
