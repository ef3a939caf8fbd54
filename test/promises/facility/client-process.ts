import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Installation } from './install.ts'

const program = join(import.meta.dirname, '..', '..', '..', 'services', 'print-client', 'main.ts')

/** Whether a process can be given file systems of its own; without it no client can be shown another boot of its machine. */
export const mayMount = (): boolean =>
  spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0

/** A print client as a process that a service manager starts again whenever it dies. */
export type ClientProcess = {
  readonly installation: Installation
  readonly isReady: () => boolean
  readonly pid: () => number
  readonly log: () => string
  /** kill -9. */
  readonly kill: () => boolean
  /** The machine goes dark: what starts again finds another boot id. */
  readonly losePower: () => boolean
  /** A command of the terminal, in words; gives its exit code. */
  readonly command: (...words: readonly string[]) => Promise<number>
  readonly stop: () => Promise<void>
}

type Options = {
  readonly bootIds?: boolean
  readonly environment?: Readonly<Record<string, string>>
  /** What goes before the client on its command line, and becomes it: a disk or a network of its own. */
  readonly within?: readonly string[]
}
/** Where the cloud is, and a folder for logs. */
export type Surroundings = { readonly folder: string; readonly environment: Readonly<Record<string, string>> }

export function superviseClient(world: Surroundings, installation: Installation, options: Options = {}): ClientProcess {
  const { name, configPath } = installation
  const logPath = join(world.folder, `${name}.log`)
  const bootPath = join(world.folder, `${name}.boot`)
  const env = { ...process.env, ...world.environment, NODE_COMPILE_CACHE: join(world.folder, 'compile-cache') }
  mkdirSync(installation.hotFolder, { recursive: true })
  writeFileSync(logPath, '')
  boot(bootPath)
  const words = [program, '--config', configPath]
  const script = 'mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"'
  const asBooted = options.bootIds ? ['unshare', '-m', 'sh', '-c', script, bootPath] : []
  const [command = '', ...rest] = [...(options.within ?? []), ...asBooted, process.execPath, ...words]
  let child: ChildProcess
  let isWanted = true
  let isReady = false
  const start = (): void => {
    isReady = false
    child = spawn(command, rest, { env: { ...env, ...options.environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout?.on('data', (chunk) => {
      appendFileSync(logPath, chunk)
      isReady ||= String(chunk).includes('"event":"ready"')
    })
    child.stderr?.on('data', (chunk) => appendFileSync(logPath, chunk))
    child.once('exit', () => isWanted && start())
  }
  start()
  const kill = (): boolean => {
    isReady = false
    return child.kill('SIGKILL')
  }
  return {
    installation,
    isReady: () => isReady,
    pid: () => child.pid ?? 0,
    log: () => readFileSync(logPath, 'utf8'),
    kill,
    losePower: () => {
      boot(bootPath)
      return kill()
    },
    command: (...more) =>
      new Promise((done) => {
        const asked = spawn(process.execPath, [...words, ...more], { env, stdio: 'ignore' })
        asked.once('close', (code) => done(code ?? 1))
      }),
    stop: async () => {
      isWanted = false
      child.kill('SIGKILL')
      while (child.exitCode === null && child.signalCode === null) await wait(10)
    },
  }
}

function boot(path: string): void {
  writeFileSync(path, `${crypto.randomUUID()}\n`)
}
