import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { readJobs } from '../../services/print-client/journal/journal.ts'
import { runOperatorCommand } from '../../services/print-client/operator/run-command.ts'
import { jobsIn, openWorld, type World, type WorldConfig } from './print-client-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })
const soon = { timeout: 20_000, interval: 20 }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** A program of the shop's: notes what it got, and ends with the code that lies beside. */
const program = `
  const fs = require('node:fs'), path = require('node:path')
  const [notes, folder] = process.argv.slice(1)
  const { PRINTCLOUD_JOB_ID: job, PRINTCLOUD_TICKET: ticket, AWS_SECRET_ACCESS_KEY: secret } = process.env
  const files = fs.readdirSync(folder).filter((name) => ['sheet.pdf', 'ticket.json'].includes(name)).sort()
  fs.appendFileSync(path.join(notes, 'got'), JSON.stringify({ job, cwd: process.cwd(), folder, files, secret, quantity: JSON.parse(fs.readFileSync(ticket, 'utf8')).quantity }) + '\\n')
  const wait = () => fs.existsSync(path.join(notes, 'hang')) ? setTimeout(wait, 20) : end()
  const end = () => { console.error('at the press:'); console.error('no such paper\\n'); process.exit(Number(fs.readFileSync(path.join(notes, 'code'), 'utf8'))) }
  wait()
`

function shopWithCommand(name: string, more: object = {}) {
  const { hotFolder: _, ...base } = world.configOf(name)
  const notes = join(base.stateFolder, '..', 'notes')
  mkdirSync(notes, { recursive: true })
  const answer = (code: number) => writeFileSync(join(notes, 'code'), String(code))
  answer(0)
  const box = { kind: 'command', command: [process.execPath, '-e', program, notes], ...more }
  const config: WorldConfig = { ...base, outputs: { box }, products: [{ sku: '*', output: 'box' }] }
  const got = (): readonly { readonly job: string; readonly files: readonly string[] }[] => {
    const path = join(notes, 'got')
    if (!existsSync(path)) return []
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  }
  return { config, answer, got, notes }
}

const stateOf = async ({ stateFolder }: WorldConfig, jobId: string): Promise<string | undefined> =>
  (await readJobs(stateFolder)).find((job) => job.jobId === jobId)?.state

/** Everything that is said of a job until it says `last`. */
async function heardUntil(last: FacilityStatus['status']): Promise<readonly FacilityStatus[]> {
  const heard: FacilityStatus[] = []
  await vi.waitFor(async () => {
    heard.push(...(await world.statuses()))
    expect(heard.at(-1)?.status).toBe(last)
  }, soon)
  return heard
}

test('a command of the shop gets the folder of each job once, without our credentials, and is believed when it ends with 0', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'never-to-be-seen')
  const { config, got } = shopWithCommand('command')
  const { stop } = await world.startWith(config, 'boot-1')
  const ticket = await world.makeTicket()
  for (let time = 0; time < 3; time += 1) await world.send(ticket)
  await heardUntil('accepted')
  vi.unstubAllEnvs()
  const staged = join(config.stateFolder, 'staging', ticket.jobId)
  expect(got()).toEqual([
    { job: ticket.jobId, cwd: staged, folder: staged, files: ['sheet.pdf', 'ticket.json'], quantity: 2 },
  ])
  await vi.waitFor(() => expect(existsSync(staged)).toBe(false), soon)
  await stop()
})

test('75 asks for patience and the job comes again; another code fails it with the last words; released, it is made', async () => {
  const { config, answer, got } = shopWithCommand('codes')
  answer(75)
  const { stop, desk } = await world.startWith(config, 'boot-1')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(() => expect(got().length).toBeGreaterThan(1), soon)
  expect(await stateOf(config, ticket.jobId)).toBe('spooling')
  await vi.waitFor(
    async () => expect(await desk.health()).toMatchObject({ reason: expect.stringMatching(/^box: /) }),
    soon,
  )
  answer(3)
  expect(await heardUntil('failed')).toMatchObject([{ cause: 'no such paper' }])
  answer(0)
  await desk.decide(ticket.jobId, { do: 'release' }, 'Ada')
  await heardUntil('accepted')
  expect(desk.job(ticket.jobId)).toMatchObject({ state: 'in_the_shop', output: 'box', decided: { by: 'Ada' } })
  await stop()
})

test('a command that hangs is cut off after its time, and the job is held: nobody knows what it did', async () => {
  const { config, notes, got } = shopWithCommand('hangs', { timeLimitSeconds: 1 })
  writeFileSync(join(notes, 'hang'), '')
  const { stop } = await world.startWith(config, 'boot-1')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  expect(await heardUntil('held')).toMatchObject([{ cause: expect.stringMatching(/^possibly_printed: the command/) }])
  expect(got()).toHaveLength(1)
  rmSync(join(notes, 'hang'))
  await runOperatorCommand(config, { name: 'release', jobId: ticket.jobId })
  await heardUntil('accepted')
  expect(got()).toHaveLength(2)
  await stop()
})

/** What a crash may leave on the disk of a command's job: lines of the journal, and the mark of the command. */
const crashes = [
  { left: 'before the command', lines: 3, mark: undefined, boots: ['boot-1', 'boot-2'], ends: 'handed_over', runs: 1 },
  { left: 'while the command ran', lines: 3, mark: 'cannot_tell', boots: ['boot-1', 'boot-2'], ends: 'held', runs: 0 },
  { left: 'after the command', lines: 3, mark: 'has', boots: ['boot-1', 'boot-2'], ends: 'handed_over', runs: 0 },
  {
    left: 'after it, with a journal that lost a line',
    lines: 2,
    mark: 'has',
    boots: ['boot-2'],
    ends: 'handed_over',
    runs: 0,
  },
  { left: 'after it, with an empty journal', lines: 0, mark: 'has', boots: ['boot-1'], ends: 'handed_over', runs: 0 },
]

describe.each(crashes)('after a crash $left', ({ lines, mark, boots, ends, runs }) => {
  test(`the job is ${ends} and its command starts ${runs === 0 ? 'no more' : 'once'}`, async () => {
    for (const bootId of boots) {
      const name = `${bootId}-${lines}-${mark}`
      const { config, got } = shopWithCommand(name)
      const { answer, notes, ...first } = shopWithCommand(`${name}-first`)
      const before = await world.startWith(first.config, 'boot-1')
      answer(75)
      const ticket = await world.makeTicket()
      await world.send(ticket)
      await vi.waitFor(() => expect(first.got().length).toBeGreaterThan(0), soon)
      await vi.waitFor(async () => expect(await stateOf(first.config, ticket.jobId)).toBe('spooling'), soon)
      await before.stop()
      cpSync(first.config.stateFolder, config.stateFolder, { recursive: true })
      const journal = join(config.stateFolder, 'journal.jsonl')
      const kept = readFileSync(journal, 'utf8').split('\n').slice(0, lines)
      writeFileSync(journal, kept.map((line) => `${line}\n`).join(''))
      const marks = join(config.stateFolder, 'command-marks', 'box')
      if (mark) writeFileSync(join(marks, ticket.jobId), mark)
      const { stop } = await world.startWith(config, bootId)
      await world.send(ticket)
      await vi.waitFor(async () => expect(await stateOf(config, ticket.jobId)).toBe(ends), soon)
      await stop()
      expect(got()).toHaveLength(runs)
      await world.statuses()
    }
  })
})

test('each product leaves by its own output, and a hot folder that is away stops the jobs of its products alone', async () => {
  const { config, got } = shopWithCommand('both')
  const hot = join(config.stateFolder, '..', 'hot')
  const both = {
    ...config,
    outputs: { ...config.outputs, main: { kind: 'hot_folder', folder: hot } },
    products: [{ sku: 'card-*', output: 'box' }],
  }
  const { stop, desk } = await world.startWith(both, 'boot-1')
  renameSync(hot, `${hot}.away`)
  const poster = await world.makeTicket()
  const card = await world.makeTicket()
  await world.send(poster)
  await world.send({ ...card, product: { ...card.product, sku: 'card-a6' } })
  expect(await heardUntil('accepted')).toMatchObject([{ jobId: card.jobId }])
  expect(got()).toHaveLength(1)
  const outputs = [
    { name: 'box', isReady: true },
    { name: 'main', isReady: false, reason: expect.any(String) },
  ]
  await vi.waitFor(async () => expect(await desk.health()).toMatchObject({ isTaking: true, outputs }), soon)
  renameSync(`${hot}.away`, hot)
  expect(await heardUntil('accepted')).toMatchObject([{ jobId: poster.jobId }])
  expect(jobsIn(hot)).toEqual([poster.jobId])
  await stop()
})

test('an output that is no longer in the configuration holds its jobs; released, they leave by the one that is', async () => {
  const { config, answer, got } = shopWithCommand('gone')
  answer(75)
  const first = await world.startWith(config, 'boot-1')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(() => expect(got().length).toBeGreaterThan(0), soon)
  await first.stop()
  const hot = join(config.stateFolder, '..', 'hot')
  const { outputs: _, products: __, ...rest } = config
  const second = await world.startWith({ ...rest, hotFolder: hot }, 'boot-1')
  expect(await heardUntil('held')).toMatchObject([{ cause: expect.stringMatching(/^possibly_printed: the output/) }])
  await second.desk.decide(ticket.jobId, { do: 'release' }, 'Ada')
  await heardUntil('accepted')
  expect(readdirSync(join(hot, ticket.jobId))).toContain('ticket.json')
  await second.stop()
})
