import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CannotStart } from '../../local/supervisor/cannot-start.ts'
import { claimFolder, isClaimed } from '../../local/supervisor/claim.ts'
import { openLogFile } from '../../local/supervisor/log-file.ts'
import { createLogs, type Logs } from '../../local/supervisor/logs.ts'
import { freePorts, requireFreePorts } from '../../local/supervisor/ports.ts'
import { isSameProcess, processIdentity } from '../../local/supervisor/process-identity.ts'
import type { ProcessSpec } from '../../local/supervisor/process-spec.ts'
import { createSupervisor, type Supervisor } from '../../local/supervisor/supervisor.ts'

vi.setConfig({ testTimeout: 30_000 })

const fixture = join(import.meta.dirname, 'supervisor-child.ts')
const cleanUps: (() => unknown)[] = []
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'printcloud-supervisor-'))
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  rmSync(folder, { recursive: true, force: true })
})

const spec = (name: string, mode: string, after: readonly string[] = []): ProcessSpec => ({
  name,
  kind: 'service',
  module: fixture,
  environment: { MODE: mode, NAME: name, ENDED_FILE: join(folder, 'ended') },
  after,
})

function logsFor(specs: readonly ProcessSpec[], write?: (text: string) => void, isColoured = false): Logs {
  const names = [
    ...specs.map(({ name }) => ({ name, least: 'info' }) as const),
    { name: 'supervisor', least: 'info' } as const,
  ]
  const logs = createLogs(join(folder, 'logs'), names, write ? { write, isColoured } : undefined)
  cleanUps.push(() => logs.close())
  return logs
}

function supervise(...specs: ProcessSpec[]): Supervisor {
  const supervisor = createSupervisor(specs, [], logsFor(specs), () => undefined)
  cleanUps.push(() => supervisor.stop(AbortSignal.abort()))
  return supervisor
}

const child = (supervisor: Supervisor, name: string) => {
  const found = supervisor.children.get(name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

async function refusal(promise: Promise<unknown>): Promise<CannotStart> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof CannotStart) return error
  throw new Error(`not refused: ${String(error)}`)
}

describe('a supervised process', () => {
  test('that is killed is started again under a new pid', async () => {
    const supervisor = supervise(spec('a', 'good'))
    await supervisor.start()
    const first = child(supervisor, 'a').pid
    child(supervisor, 'a').kill('SIGKILL')
    await vi.waitUntil(() => child(supervisor, 'a').restarts === 1 && child(supervisor, 'a').isReady, 20_000)
    expect(child(supervisor, 'a').pid).not.toBe(first)
  })

  test('that is held down stays away until it is let run again', async () => {
    const supervisor = supervise(spec('a', 'good'), spec('b', 'good'))
    await supervisor.start()
    const [a, b] = [child(supervisor, 'a'), child(supervisor, 'b')]
    const first = a.pid
    await a.holdDown()
    await a.holdDown()
    expect([a.pid, a.isReady]).toEqual([undefined, false])
    b.kill('SIGKILL')
    await vi.waitUntil(() => b.restarts === 1 && b.isReady, 20_000)
    expect(a.pid).toBeUndefined()
    await a.letRun()
    expect(a.isReady).toBe(true)
    expect(a.pid).not.toBe(first)
  })

  test('that is never ready fails the start with its own last words', async () => {
    const error = await refusal(supervise(spec('b', 'broken')).start())
    expect(error.exitCode).toBe(1)
    expect(error.lines.join('\n')).toContain('b did not start: it ended with exit code 7')
    expect(error.lines.join('\n')).toContain('the disk is on fire')
  })

  test('begins when what it needs is ready, and ends before it', async () => {
    const specs = [spec('service', 'good', ['cloud']), spec('cloud', 'good', ['disk']), spec('disk', 'good')]
    const supervisor = supervise(...specs)
    await supervisor.start()
    await supervisor.stop()
    expect(readFileSync(join(folder, 'ended'), 'utf8')).toBe('service\ncloud\ndisk\n')
  })

  test('that is patient starts without what it needs, and still ends before it', async () => {
    const supervisor = supervise({ ...spec('patient', 'good', ['cloud']), isPatient: true }, spec('cloud', 'silent'))
    const start = supervisor.start().catch((error: unknown) => error)
    await vi.waitUntil(() => child(supervisor, 'patient').isReady, 20_000)
    // Born: its signal handler stands, so that its end is written down too.
    const cloudLog = join(folder, 'logs', 'cloud.log')
    await vi.waitUntil(() => existsSync(cloudLog) && readFileSync(cloudLog, 'utf8').includes('born'), 20_000)
    expect(child(supervisor, 'cloud').isReady).toBe(false)
    await supervisor.stop()
    await start
    expect(readFileSync(join(folder, 'ended'), 'utf8')).toBe('patient\ncloud\n')
  })

  test('that does not leave is killed at once when asked for', async () => {
    const supervisor = supervise(spec('c', 'stubborn'))
    await supervisor.start()
    const { pid = 0 } = child(supervisor, 'c')
    const identity = processIdentity(pid)
    const atOnce = new AbortController()
    const stopped = supervisor.stop(atOnce.signal)
    atOnce.abort()
    await stopped
    expect(isSameProcess(pid, identity)).toBe(false)
  })

  test('that was stopped stays stopped, and a start under way ends', async () => {
    const supervisor = supervise(spec('good', 'good'), spec('silent', 'silent'))
    const start = supervisor.start().catch((error: unknown) => error)
    await vi.waitUntil(() => child(supervisor, 'good').isReady, 20_000)
    await supervisor.stop()
    expect(await start).toBeInstanceOf(Error)
    expect(child(supervisor, 'good').pid).toBeUndefined()
    expect(child(supervisor, 'silent').pid).toBeUndefined()
  })

  test('ends by itself when the supervisor is killed', async () => {
    // A supervisor of its own, in a process of its own.
    const program = `
      import { createSupervisor } from ${JSON.stringify(join(import.meta.dirname, '../../local/supervisor/supervisor.ts'))}
      const logs = { line: () => {}, event: () => {}, close: async () => {} }
      const supervisor = createSupervisor([${JSON.stringify(spec('d', 'good'))}], [], logs, () => {})
      await supervisor.start()
      process.stdout.write(String(supervisor.children.get('d').pid))`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    cleanUps.push(() => parent.kill('SIGKILL'))
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', (data) => resolve(String(data)))))
    const identity = processIdentity(pid)
    expect(isSameProcess(pid, identity)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitUntil(() => !isSameProcess(pid, identity), 20_000)
  })
})

describe('the logs', () => {
  test('hold every line of a process in its own file, and the terminal shows them with its name', async () => {
    let shown = ''
    const specs = [spec('e', 'good')]
    const logs = logsFor(specs, (text) => {
      shown += text
    })
    const supervisor = createSupervisor(specs, [], logs, () => undefined)
    cleanUps.push(() => supervisor.stop(AbortSignal.abort()))
    await supervisor.start()
    await supervisor.stop()
    await logs.close()
    expect(readFileSync(join(folder, 'logs', 'e.log'), 'utf8')).toContain('"event":"born"')
    expect(shown).toMatch(/^\d\d:\d\d:\d\d e {11}born$/m)
    expect(shown).toBe(stripVTControlCharacters(shown))
  })

  test('are begun anew at a start and when they are full; one before is kept', async () => {
    for (const text of ['first start', 'second start', 'third start']) {
      const file = openLogFile(folder, 'f', 100)
      file.write(text)
      await file.close()
    }
    expect(readFileSync(join(folder, 'f.log'), 'utf8')).toBe('third start\n')
    expect(readFileSync(join(folder, 'f.log.1'), 'utf8')).toBe('second start\n')
    const full = openLogFile(folder, 'f', 100)
    for (let line = 0; line < 10; line += 1) full.write('x'.repeat(50))
    await full.close()
    expect(readFileSync(join(folder, 'f.log'), 'utf8').length).toBeLessThanOrEqual(200)
    expect(readdirSync(folder).filter((name) => name.startsWith('f.log'))).toHaveLength(2)
  })
})

describe('the ports', () => {
  async function listening(port: number): Promise<Server> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    cleanUps.push(() => new Promise((resolve) => server.close(resolve)))
    return server
  }

  test('that are taken are named, with what for, by whom, and how to choose others', async () => {
    const base = await freePorts(3)
    await listening(base + 1)
    const error = await refusal(requireFreePorts(base, ['front-door', 'order-api', 'queue']))
    expect(error.exitCode).toBe(2)
    expect(error.lines).toHaveLength(2)
    expect(error.lines[0]).toContain(`Port ${base + 1}, needed for order-api, is taken`)
    if (process.platform === 'linux') expect(error.lines[0]).toContain(`(process ${process.pid})`)
    expect(error.lines[1]).toMatch(/npm start -- --port \d+/)
  })

  test('that were found free are free, and below those of outgoing connections', async () => {
    const base = await freePorts(7)
    await requireFreePorts(base, ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(base + 6).toBeLessThan(32_768)
  })
})

describe('a data folder', () => {
  test('belongs to one platform at a time; the second hears where the first is', async () => {
    const claim = await claimFolder(folder)
    claim.update({ 'start page': 'http://127.0.0.1:4400' }, [])
    expect(isClaimed(folder)).toBe(true)
    const error = await refusal(claimFolder(folder))
    expect(error.exitCode).toBe(3)
    expect(error.lines).toHaveLength(2)
    expect(error.lines[0]).toContain(`as process ${process.pid}: start page http://127.0.0.1:4400`)
    claim.release()
    expect(isClaimed(folder)).toBe(false)
    const next = await claimFolder(folder)
    next.release()
  })

  test('of a platform that was killed can be taken, after its last processes are gone', async () => {
    const left = spawn(process.execPath, ['-e', "setTimeout(() => process.exit(), 300); process.stdout.write('up')"], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    cleanUps.push(() => left.kill('SIGKILL'))
    await new Promise((resolve) => left.stdout.once('data', resolve))
    const { pid = 0 } = left
    const identity = processIdentity(pid)
    const dead = { pid: 1, identity: 'of another boot', addresses: {}, children: [{ pid, identity }] }
    writeFileSync(join(folder, 'supervisor.json'), JSON.stringify(dead))
    expect(isClaimed(folder)).toBe(false)
    const claim = await claimFolder(folder)
    expect(isSameProcess(pid, identity)).toBe(false)
    claim.release()
  })

  test('with a record nobody can read can be taken', async () => {
    writeFileSync(join(folder, 'supervisor.json'), '{"pid":')
    const claim = await claimFolder(folder)
    claim.release()
    expect(existsSync(join(folder, 'supervisor.json'))).toBe(false)
  })
})
