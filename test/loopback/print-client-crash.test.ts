import { cpSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'

import { readJobs } from '../../services/print-client/journal/journal.ts'
import { runOperatorCommand } from '../../services/print-client/operator/run-command.ts'
import { type FolderConfig, jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })
const soon = { timeout: 15_000, interval: 10 }

let world: World
let ticket: ProductionTicket
let original: FolderConfig
let lines: readonly string[]

/** One job that was handed over under boot-1; every test continues from a copy of what was left of it. */
beforeAll(async () => {
  world = await openWorld()
  const { config, stop } = await world.startHere('original')
  original = config
  ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  await stop()
  lines = readFileSync(join(config.stateFolder, 'journal.jsonl'), 'utf8').split('\n').slice(0, -1)
})
// What one test's client said last is nothing to the next one's.
afterEach(async () => void (await world.statuses()))
afterAll(() => world.close())

const allHeard = () => vi.waitFor(async () => expect(await world.unacknowledged()).toBe(0), soon)
const stateOf = async (config: FolderConfig): Promise<string | undefined> =>
  (await readJobs(config.stateFolder)).find((job) => job.jobId === ticket.jobId)?.state

type Left = {
  readonly keptLines: number
  readonly inHotFolder: boolean
  readonly inStaging: boolean
}

/** A client of the same installation whose disk shows `left`. */
function clientLeft(name: string, left: Left): FolderConfig {
  const config = world.configOf(name)
  cpSync(original.stateFolder, config.stateFolder, { recursive: true })
  const kept = lines.slice(0, left.keptLines).map((line) => `${line}\n`)
  writeFileSync(join(config.stateFolder, 'journal.jsonl'), kept.join(''))
  const from = join(original.hotFolder, ticket.jobId)
  if (left.inHotFolder) cpSync(from, join(config.hotFolder, ticket.jobId), { recursive: true })
  if (left.inStaging) cpSync(from, join(config.stateFolder, 'staging', ticket.jobId), { recursive: true })
  return config
}

const disks = [
  { disk: 'the job is in the hot folder', inHotFolder: true, inStaging: false, boots: ['boot-1', 'boot-2'] },
  { disk: 'the shop has taken the job away', inHotFolder: false, inStaging: false, boots: ['boot-1', 'boot-2'] },
  // Only a loss of power can bring the staging folder back.
  { disk: 'the shop has taken it and the rename is undone', inHotFolder: false, inStaging: true, boots: ['boot-2'] },
  { disk: 'the job is in both folders', inHotFolder: true, inStaging: true, boots: ['boot-2'] },
]

describe.each(disks)('after a hand-over whose journal lost lines, when $disk', ({ disk, boots, ...folders }) => {
  test('nothing is handed over again by itself, and the job is not forgotten', async () => {
    for (const bootId of boots) {
      for (let keptLines = 0; keptLines <= lines.length; keptLines += 1) {
        await restartAfter(`${disk}-${bootId}-${keptLines}`.replaceAll(' ', '-'), bootId, { ...folders, keptLines })
      }
    }
  })
})

async function restartAfter(name: string, bootId: string, left: Left): Promise<void> {
  const config = clientLeft(name, left)
  const handed = join(config.hotFolder, ticket.jobId)
  const inode = () => (left.inHotFolder ? statSync(handed).ino : undefined)
  const before = inode()
  const { stop } = await world.startHere(name, bootId)
  await world.send(ticket)
  await vi.waitFor(async () => expect(await stateOf(config)).toMatch(/^(held|handed_over)$/), soon)
  // Left in the queue it would ask the client of a later test.
  await allHeard()
  await stop()
  expect(jobsIn(config.hotFolder)).toEqual(left.inHotFolder ? [ticket.jobId] : [])
  expect(inode()).toBe(before)
  // Held unless the journal or the folder itself shows the hand-over.
  const isShown = left.keptLines >= 4 || left.inHotFolder
  expect([name, await stateOf(config)]).toEqual([name, isShown ? 'handed_over' : 'held'])
  await world.statuses()
}

test('a client killed at any line before the rename hands the job over once after its restart', async () => {
  for (const keptLines of [1, 2, 3]) {
    const name = `before-${keptLines}`
    const config = clientLeft(name, { keptLines, inHotFolder: false, inStaging: true })
    const { stop } = await world.startHere(name, 'boot-1')
    await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
    expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
    await stop()
  }
})

test('a power loss during the download goes on by itself: nothing was near the hot folder', async () => {
  const config = clientLeft('download', { keptLines: 2, inHotFolder: false, inStaging: true })
  rmSync(join(config.stateFolder, 'staging', ticket.jobId, 'ticket.json'))
  const { stop } = await world.startHere('download', 'boot-2')
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
  expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
  await stop()
})

test('a power loss during the hand-over holds the job with an alarm; released it is handed over, once', async () => {
  const config = clientLeft('released', { keptLines: 3, inHotFolder: false, inStaging: true })
  const { stop } = await world.startHere('released', 'boot-2')
  await vi.waitFor(
    async () =>
      expect(await world.statuses()).toMatchObject([
        { status: 'held', cause: expect.stringMatching(/^possibly_printed/) },
      ]),
    soon,
  )
  expect(jobsIn(config.hotFolder)).toEqual([])
  expect(await runOperatorCommand(config, { name: 'jobs' })).toContain(`${ticket.jobId}  held`)
  await runOperatorCommand(config, { name: 'release', jobId: ticket.jobId })
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
  expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
  await stop()
  await expect(runOperatorCommand(config, { name: 'release', jobId: ticket.jobId })).rejects.toThrow('is handed_over')
})

test('a held job that is dropped is never handed over and is reported as cancelled', async () => {
  const config = clientLeft('dropped', { keptLines: 3, inHotFolder: false, inStaging: true })
  // Decided while the client is down: it obeys at its next start, after it has held the job.
  const first = await world.startHere('dropped', 'boot-2')
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  await first.stop()
  await runOperatorCommand(config, { name: 'drop', jobId: ticket.jobId })
  const second = await world.startHere('dropped', 'boot-2')
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'cancelled' }]), soon)
  await world.send(ticket)
  await allHeard()
  await second.stop()
  expect(jobsIn(config.hotFolder)).toEqual([])
})

test('what the shop says of a held job ends the hold: it was printed', async () => {
  const config = clientLeft('spoken', { keptLines: 3, inHotFolder: false, inStaging: false })
  const { stop } = await world.startHere('spoken', 'boot-2')
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  const path = join(config.statusFolder, '1.json')
  writeFileSync(`${path}.tmp`, JSON.stringify({ jobId: ticket.jobId, status: 'printed' }))
  renameSync(`${path}.tmp`, path)
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'printed' }]), soon)
  expect(await stateOf(config)).toBe('handed_over')
  await stop()
})

test('damage in the middle of the journal holds every job that was under way', async () => {
  const config = clientLeft('damaged', { keptLines: 3, inHotFolder: false, inStaging: true })
  const bent = [lines[0], lines[1]?.replace('claimed', 'clazmed'), lines[2], ''].join('\n')
  writeFileSync(join(config.stateFolder, 'journal.jsonl'), bent)
  const { stop } = await world.startHere('damaged', 'boot-1')
  await vi.waitFor(async () => expect(await stateOf(config)).toBe('held'), soon)
  await stop()
  expect(jobsIn(config.hotFolder)).toEqual([])
})
