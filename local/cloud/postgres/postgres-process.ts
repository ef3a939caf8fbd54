import { type ChildProcess, spawn } from 'node:child_process'
import { parse } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#chassis/log.ts'
import type { Place } from './place.ts'

export type PostgresProcess = {
  readonly pid: number
  readonly died: Promise<string>
  readonly close: () => Promise<void>
}

/** A fast shutdown writes one checkpoint; one that takes longer than this is cut short, and recovery does the rest. */
const shutdownLimitMilliseconds = 20_000
/** Backends of a killed postmaster hold its shared memory until they notice; a start within this time waits for them. */
const leftoverLimitMilliseconds = 10_000

/** A laptop's PostgreSQL that still keeps every promise of a commit. Given on the command line, so that old data gets it too. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '32MB',
  fsync: 'on',
  synchronous_commit: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  max_logical_replication_workers: '0',
  // Parallel workers need /dev/shm, of which containers have little.
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The level "log" leaves the errors of statements out: their texts carry customers' data.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  log_line_prefix: '',
  lc_messages: 'C',
} as const

/** Starts `postgres` and resolves when it accepts connections. */
export async function startProcess(where: Place, port: number, log: Log): Promise<PostgresProcess> {
  const limit = Date.now() + leftoverLimitMilliseconds
  for (;;) {
    const child = launch(where, port)
    const ended = endOf(child)
    const lines: string[] = []
    const ready = readLines(child, log, lines)
    const reason = await Promise.race([ready, ended])
    if (reason === undefined) return running(child, ended, lines)
    const told = lines.slice(-10).join('; ')
    if (!told.includes('pre-existing shared memory block') || Date.now() > limit)
      throw new Error(`PostgreSQL did not start on port ${port}: ${reason}: ${told}`)
    await wait(100)
  }
}

function launch({ programs, dataFolder, account }: Place, port: number): ChildProcess {
  const args = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return spawn(programs.postgres, ['-D', dataFolder, ...args], {
    ...(account ?? {}),
    cwd: parse(programs.postgres).root,
    // Its own process group: Ctrl-C reaches only the wrapper, which then ends PostgreSQL in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `ended with ${code}`))
  })
}

/** Logs what PostgreSQL says; resolves at the line that says it is ready. */
function readLines(child: ChildProcess, log: Log, lines: string[]): Promise<undefined> {
  return new Promise((resolve) => {
    if (!child.stderr) return
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, level = 'LOG', text = line] = /^([A-Z]+): {2}(.*)$/.exec(line) ?? []
      // FATAL ends one connection, PANIC the server; what ends a start is in the error that it throws.
      log[level === 'PANIC' ? 'error' : 'debug']({ text }, 'postgres_says')
      if (text.includes('ready to accept connections')) resolve(undefined)
      else if (lines.push(text) > 20) lines.shift()
    })
  })
}

function running(child: ChildProcess, ended: Promise<string>, lines: readonly string[]): PostgresProcess {
  let isAsked = false
  return {
    pid: child.pid ?? 0,
    died: new Promise((resolve) => {
      void ended.then((reason) => isAsked || resolve([reason, ...lines.slice(-5)].join('; ')))
    }),
    close: async () => {
      isAsked = true
      child.kill('SIGINT')
      const impatience = setTimeout(() => child.kill('SIGQUIT'), shutdownLimitMilliseconds)
      await ended
      clearTimeout(impatience)
    },
  }
}
