import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import postgres from 'postgres'
import { afterEach, describe, expect, test } from 'vitest'
import { findPrograms, programsIn } from '../../local/cloud/postgres/find-programs.ts'
import { awayFolder, place, realFolder } from '../../local/cloud/postgres/place.ts'
import { removePostgresData } from '../../local/cloud/postgres/remove-postgres-data.ts'
import { type Postgres, postgresUrl, startPostgres } from '../../local/cloud/postgres/start-postgres.ts'
import { freePorts } from '../../local/supervisor/ports.ts'

const log = pino({ level: 'silent' })
const isRoot = process.getuid?.() === 0
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function checkout(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-postgres-'))
  chmodSync(folder, mode)
  const dataDir = join(folder, '.printcloud', 'postgres')
  cleanUps.push(async () => {
    await removePostgresData(dataDir, log)
    rmSync(folder, { recursive: true })
  })
  return dataDir
}

async function started(dataDir: string): Promise<Postgres> {
  const server = await startPostgres({ port: 0, dataDir, log })
  cleanUps.push(server.close)
  return server
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return Object.values((await client.unsafe(sql))[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** The supervised wrapper as the supervisor starts it; resolves when it says that it is ready. */
async function wrapper(port: number, dataDir: string): Promise<ChildProcess> {
  const main = new URL('../../local/cloud/postgres/main.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, LISTEN_PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  cleanUps.push(() => child.exitCode ?? child.signalCode ?? child.kill('SIGKILL'))
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`the wrapper ended with ${code}`)))
  })
  return child
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve))
}

async function pidIn(dataDir: string): Promise<number> {
  return Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
}

function isAlive(pid: number): boolean {
  // A zombie still answers signals; its command line is empty.
  if (existsSync('/proc')) return existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the local PostgreSQL', () => {
  test('keeps its data from one start to the next', async () => {
    const dataDir = checkout()
    const first = await started(dataDir)
    await ask(first.url, 'create table kept (word text)')
    await ask(first.url, `insert into kept values ('still here')`)
    await first.close()
    const second = await started(dataDir)
    expect(await ask(second.url, 'select word from kept')).toBe('still here')
  })

  test('keeps the promise of a commit, and its clients are no superusers', async () => {
    const { url } = await started(checkout())
    expect(await ask(url, 'show fsync')).toBe('on')
    expect(await ask(url, 'show synchronous_commit')).toBe('on')
    expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1')
    expect(await ask(url, 'show server_version_num')).toMatch(/^17/)
    expect(await ask(url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false)
    await expect(ask(url.replace('printcloud@', 'postgres@'), 'select 1')).rejects.toThrow(/pg_hba/)
  })

  test('a start that was cut short is begun again', async () => {
    const dataDir = checkout()
    mkdirSync(`${dataDir}.unfinished/base`, { recursive: true })
    const { url } = await started(dataDir)
    expect(await ask(url, 'select current_database()')).toBe('printcloud')
    expect(existsSync(`${dataDir}.unfinished`)).toBe(false)
  })

  test('a taken port is named in the error', async () => {
    const { url } = await started(checkout())
    const port = Number(new URL(url).port)
    await expect(startPostgres({ port, dataDir: checkout(), log })).rejects.toThrow(
      new RegExp(`port ${port}.*Address already in use`),
    )
  })

  test('says that it died when it is killed, and recovers what was committed', async () => {
    const dataDir = checkout()
    const first = await started(dataDir)
    await ask(first.url, 'create table kept as select 7 as answer')
    process.kill(await pidIn(dataDir), 'SIGKILL')
    expect(await first.died).toMatch(/^killed by SIGKILL/)
    const second = await started(dataDir)
    expect(await ask(second.url, 'select answer from kept')).toBe(7)
  })

  test('an orphan of a killed wrapper is recognised, ended in order and replaced', async () => {
    const dataDir = checkout()
    const port = await freePorts(1)
    const first = await wrapper(port, dataDir)
    await ask(postgresUrl(port), 'create table kept as select 8 as answer')
    const orphan = await pidIn(dataDir)
    first.kill('SIGKILL')
    await ended(first)
    expect(isAlive(orphan)).toBe(true)
    await wrapper(port, dataDir)
    expect(isAlive(orphan)).toBe(false)
    expect(await pidIn(dataDir)).not.toBe(orphan)
    expect(await ask(postgresUrl(port), 'select answer from kept')).toBe(8)
  })

  test('a pid file whose number now belongs to another program harms neither', async () => {
    const dataDir = checkout()
    await (await started(dataDir)).close()
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    cleanUps.push(() => bystander.kill('SIGKILL'))
    writeFileSync(join(dataDir, 'postmaster.pid'), `${bystander.pid}\n${dataDir}\n`)
    const { url } = await started(dataDir)
    expect(await ask(url, 'select 1')).toBe(1)
    expect(isAlive(bystander.pid ?? 0)).toBe(true)
  })

  test('the wrapper stops PostgreSQL when it is told to stop, and fails when PostgreSQL dies', async () => {
    const dataDir = checkout()
    const port = await freePorts(1)
    const asked = await wrapper(port, dataDir)
    const pid = await pidIn(dataDir)
    asked.kill('SIGTERM')
    expect(await ended(asked)).toBe(0)
    expect(isAlive(pid)).toBe(false)
    const bereaved = await wrapper(port, dataDir)
    process.kill(await pidIn(dataDir), 'SIGKILL')
    expect(await ended(bereaved)).toBe(1)
  })

  test.runIf(isRoot)('root runs it as a powerless account', async () => {
    const dataDir = checkout()
    await started(dataDir)
    expect(statSync(dataDir).uid).not.toBe(0)
    expect(lstatSync(dataDir).isSymbolicLink()).toBe(false)
    expect(readFileSync(`/proc/${await pidIn(dataDir)}/status`, 'utf8')).toMatch(
      new RegExp(`Uid:\\s${statSync(dataDir).uid}\\s`),
    )
  })

  test.runIf(isRoot)('root finds the data again when the checkout lies where that account may not enter', async () => {
    const dataDir = checkout(0o700)
    const first = await started(dataDir)
    const away = awayFolder(await realFolder(dataDir))
    expect(lstatSync(dataDir).isSymbolicLink()).toBe(true)
    expect(statSync(away).mode & 0o777).toBe(0o700)
    await ask(first.url, 'create table kept as select 9 as answer')
    await first.close()
    const second = await started(dataDir)
    expect(await ask(second.url, 'select answer from kept')).toBe(9)
    await removePostgresData(dataDir, log)
    expect(existsSync(dataDir)).toBe(false)
    expect(existsSync(away)).toBe(false)
  })

  test.runIf(isRoot)('root runs a copy of the programs when they lie where that account may not enter', async () => {
    const dataDir = checkout(0o700)
    const hidden = join(dataDir, '..', '..', 'native')
    cpSync(findPrograms().root, hidden, { recursive: true, verbatimSymlinks: true })
    const { programs, account } = await place(dataDir, programsIn(hidden), log)
    const run = { ...account, cwd: '/', encoding: 'utf8' } as const
    expect(programs.root).not.toBe(hidden)
    expect(spawnSync(join(hidden, 'bin', 'postgres'), ['--version'], run).error).toMatchObject({ code: 'EACCES' })
    expect(spawnSync(programs.postgres, ['--version'], run).stdout).toMatch(/PostgreSQL\) 17/)
  })

  test.runIf(isRoot)('a folder under /var/tmp that someone else laid there is refused', async () => {
    const dataDir = checkout(0o700)
    mkdirSync(join(dataDir, '..'))
    mkdirSync(awayFolder(await realFolder(dataDir)), { mode: 0o777 })
    await expect(startPostgres({ port: 0, dataDir, log })).rejects.toThrow(/is not ours/)
  })
})
