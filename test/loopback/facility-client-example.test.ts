import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#chassis/ids.ts'
import type { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 60_000 })
const soon = { timeout: 30_000, interval: 20 }
const program = join(import.meta.dirname, '..', '..', 'docs', 'examples', 'facility-client.mjs')

let world: World
let jobs: string
const running: ChildProcess[] = []
beforeEach(async () => {
  world = await openWorld()
  jobs = join(world.folder, 'jobs')
  mkdirSync(jobs)
})
afterEach(async () => {
  for (const child of running.splice(0)) await end(child)
  await world.close()
})

function start(): ChildProcess {
  const child = spawn(process.execPath, [program], {
    env: {
      ...world.environment,
      QUEUE_URL: world.queueUrl,
      STATUS_QUEUE_URL: world.statusQueueUrl,
      PRINT_FILES_BUCKET: world.bucket,
      CLIENT_ID: 'client-of-the-handbook',
      JOBS: jobs,
    },
    stdio: ['ignore', 'inherit', 'ignore'],
  })
  running.push(child)
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGKILL')
  await gone
}

const heard: FacilityStatus[] = []
const statusesOf = async ({ jobId }: ProductionTicket): Promise<readonly FacilityStatus[]> => {
  heard.push(...(await world.statuses()))
  return heard.filter((each) => each.jobId === jobId)
}
const settled = () => vi.waitFor(async () => expect(await world.unacknowledged()).toBe(0), soon)
const printed = () => readdirSync(jobs).filter((name) => /^job_\w+$/.test(name))

const cancelOf = ({ jobId, orderId, itemId, facilityId }: ProductionTicket): CancelTicket => {
  const now = new Date()
  const ids = { ticketId: newId('tkt', now), jobId, orderId, itemId, facilityId }
  return { type: 'cancel', issuedAt: now.toISOString(), ...ids }
}

test('the handbook’s example has forty lines, besides imports and brackets', () => {
  const lines = readFileSync(program, 'utf8').split('\n')
  const spoken = lines.filter((line) => /[a-z]/i.test(line) && !/^(\/\/|import )/.test(line))
  expect(spoken.length).toBeLessThanOrEqual(40)
})

test('the handbook’s example prints a ticket that comes three times once, whole, and says so under one id', async () => {
  start()
  const ticket = await world.makeTicket()
  for (let time = 0; time < 3; time += 1) await world.send(ticket)
  await settled()
  expect(printed()).toEqual([ticket.jobId])
  const bytes = readFileSync(join(jobs, ticket.jobId, 'sheet.pdf'))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(ticket.files[0]?.sha256)
  const said = await statusesOf(ticket)
  expect(said.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted'])
  expect(new Set(said.map(({ statusId }) => statusId)).size).toBe(1)
})

test('killed again and again it loses no job, and hands none over in parts', async () => {
  const tickets = await Promise.all(Array.from({ length: 6 }, () => world.makeTicket({ bytes: 300_000 })))
  for (const [place, ticket] of tickets.entries()) {
    const child = start()
    await world.send(ticket)
    await vi.waitFor(() => expect(readdirSync(jobs).length).toBeGreaterThan(place), soon)
    await end(child)
  }
  start()
  // What a dead client had in hand comes back when its time is over; order-api rings again before that.
  for (const ticket of tickets) await world.send(ticket)
  await vi.waitFor(() => expect(printed().toSorted()).toEqual(tickets.map(({ jobId }) => jobId).toSorted()), soon)
  for (const { jobId } of tickets)
    expect(readdirSync(join(jobs, jobId)).toSorted()).toEqual(['sheet.pdf', 'ticket.json'])
})

test('a job that is cancelled before it came is never printed; one that was printed is not cancelled', async () => {
  start()
  const [early, late] = [await world.makeTicket(), await world.makeTicket()]
  for (const message of [cancelOf(early), early, late]) await world.send(message)
  await settled()
  await world.send(cancelOf(late))
  await settled()
  expect(printed()).toEqual([late.jobId])
  expect(new Set((await statusesOf(early)).map(({ status }) => status))).toEqual(new Set(['cancelled']))
  expect((await statusesOf(late)).map(({ status }) => status)).toEqual(['accepted', 'cancel_declined'])
})

test('beside a print client of the same facility each job is printed by one of the two', async () => {
  start()
  const { config } = await world.startHere('beside')
  const tickets = await Promise.all(Array.from({ length: 6 }, () => world.makeTicket()))
  for (const ticket of [...tickets, ...tickets]) await world.send(ticket)
  await settled()
  await vi.waitFor(() => {
    const ofBoth = [...printed(), ...readdirSync(config.hotFolder).filter((name) => name.startsWith('job_'))]
    expect(ofBoth.toSorted()).toEqual(tickets.map(({ jobId }) => jobId).toSorted())
  }, soon)
})
