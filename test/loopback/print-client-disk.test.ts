import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { readJobs } from '../../services/print-client/journal/journal.ts'
import { loadJournal } from '../../services/print-client/journal/load.ts'
import { openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })
const soon = { timeout: 30_000, interval: 20 }
const mebibyte = 1024 * 1024

/** A file system of its own needs a mount namespace; where the kernel gives none, these tests are skipped. */
const mayMount = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** A real client whose hot folder lies on a disk of `sizeMebibytes`; its state lies elsewhere, or there too. */
async function clientOnDisk(name: string, sizeMebibytes: number, isStateThere = false) {
  const disk = join(world.folder, name)
  mkdirSync(disk)
  const elsewhere = world.configOf(name)
  const stateFolder = isStateThere ? join(disk, 'state') : elsewhere.stateFolder
  const config = { ...elsewhere, hotFolder: join(disk, 'hot'), stateFolder }
  const configPath = join(world.folder, `${name}.json`)
  writeFileSync(configPath, JSON.stringify(config))
  const script = `mount -t tmpfs -o size=${sizeMebibytes}m tmpfs "$0" && mkdir "$0/hot" && exec "$@"`
  const command = [process.execPath, 'services/print-client/main.ts', '--config', configPath]
  const child = spawn('unshare', ['-m', 'sh', '-c', script, disk, ...command], {
    env: { ...process.env, ...world.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  child.stdout.on('data', (chunk) => {
    log += String(chunk)
  })
  await vi.waitFor(() => expect(log).toContain('"event":"ready"'), soon)
  /** The disk as the client sees it. */
  const seen = `/proc/${child.pid}/root${disk}`
  return {
    config,
    log: () => log,
    hot: join(seen, 'hot'),
    seen,
    remount: (mode: 'ro' | 'rw') => {
      const done = spawnSync('nsenter', ['-t', String(child.pid), '-m', 'mount', '-o', `remount,${mode}`, disk])
      expect(done.stderr.toString()).toBe('')
    },
    end: async () => {
      const gone = new Promise((done) => child.once('exit', done))
      child.kill('SIGKILL')
      await gone
    },
  }
}

const whole = expect.arrayContaining(['sheet.pdf', 'ticket.json'])

test.skipIf(!mayMount)(
  'a full disk leaves nothing partial and reports nothing false; with room again the job comes',
  async () => {
    const client = await clientOnDisk('full', 40)
    try {
      // Each alone fits, both together do not: the second runs out of room while it is written.
      const tickets = [
        await world.makeTicket({ bytes: 20 * mebibyte }),
        await world.makeTicket({ bytes: 20 * mebibyte }),
      ]
      const names = tickets.map(({ jobId }) => jobId).sort()
      await Promise.all(tickets.map(world.send))
      await vi.waitFor(() => expect(client.log()).toMatch(/no space left|is full/), soon)
      await vi.waitFor(() => expect(readdirSync(client.hot)).toHaveLength(1), soon)
      const [first = ''] = readdirSync(client.hot)
      expect(readdirSync(join(client.hot, first)).sort()).toEqual(whole)
      await vi.waitFor(
        async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted', jobId: first }]),
        soon,
      )
      rmSync(join(client.hot, first), { recursive: true })
      const [second] = names.filter((name) => name !== first)
      await vi.waitFor(() => expect(readdirSync(client.hot)).toEqual([second]), soon)
      expect(readdirSync(join(client.hot, second ?? '')).sort()).toEqual(whole)
    } finally {
      await client.end()
    }
  },
)

test.skipIf(!mayMount)(
  'a read-only hot folder takes no ticket from another client; writable again it takes its own',
  async () => {
    const client = await clientOnDisk('readonly', 64)
    try {
      client.remount('ro')
      const ticket = await world.makeTicket()
      await world.send(ticket)
      await vi.waitFor(() => expect(client.log()).toContain('taking_paused'), soon)
      expect(await readJobs(client.config.stateFolder)).toEqual([])
      expect(await world.statuses()).toEqual([])
      client.remount('rw')
      await vi.waitFor(() => expect(readdirSync(client.hot)).toEqual([ticket.jobId]), soon)
      await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
      expect(readFileSync(join(client.config.stateFolder, 'journal.jsonl'), 'utf8')).toContain('handed_over')
    } finally {
      await client.end()
    }
  },
)

test.skipIf(!mayMount)(
  'a hot folder under a mount of its own is refused at the start, not at the first hand-over',
  () => {
    const config = world.configOf('bound')
    const configPath = join(world.folder, 'bound.json')
    writeFileSync(configPath, JSON.stringify(config))
    const script = 'mount --bind "$0" "$0" && exec "$@"'
    const command = [process.execPath, 'services/print-client/main.ts', '--config', configPath]
    const ended = spawnSync('unshare', ['-m', 'sh', '-c', script, config.hotFolder, ...command], {
      env: { ...process.env, ...world.environment },
      timeout: 20_000,
    })
    expect([ended.status, ended.stdout.toString()]).toEqual([1, expect.stringContaining('is on the file system of')])
    expect(readdirSync(config.hotFolder)).toEqual([])
  },
)

test.skipIf(!mayMount)(
  'with no room for the journal no status is taken; with room again all come, once and in order',
  async () => {
    const client = await clientOnDisk('journal', 48, true)
    try {
      const ticket = await world.makeTicket()
      const { jobId } = ticket
      await world.send(ticket)
      await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
      const filler = join(client.seen, 'filler')
      expect(() => {
        for (;;) writeFileSync(filler, Buffer.alloc(64 * 1024), { flag: 'a' })
      }).toThrow('ENOSPC')
      // More than what is left of the journal's last page.
      const causes = Array.from({ length: 30 }, (_, place) => `step ${place}`)
      for (const [place, cause] of causes.entries()) {
        const path = join(client.config.statusFolder, `${String(place).padStart(3, '0')}.json`)
        writeFileSync(`${path}.tmp`, JSON.stringify({ jobId, status: 'delayed', cause }))
        renameSync(`${path}.tmp`, path)
      }
      await vi.waitFor(() => expect(client.log()).toContain('The journal cannot be written'), soon)
      rmSync(filler)
      const found: FacilityStatus[] = []
      await vi.waitFor(async () => {
        found.push(...(await world.statuses()))
        expect(new Map(found.map(({ statusId, cause }) => [statusId, cause])).size).toBe(30)
      }, soon)
      const firstOfEach = new Map(found.map(({ statusId, cause }) => [statusId, cause]))
      expect([...firstOfEach.values()]).toEqual(causes)
      expect(loadJournal(readFileSync(join(client.seen, 'state', 'journal.jsonl'))).isDamaged).toBe(false)
    } finally {
      await client.end()
    }
  },
)
