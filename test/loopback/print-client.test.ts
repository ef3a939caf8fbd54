import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { readJobs } from '../../services/print-client/journal/journal.ts'
import { runOperatorCommand } from '../../services/print-client/operator/run-command.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 40_000 })
const soon = { timeout: 20_000, interval: 20 }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** Messages of the facility's queue that nobody has acknowledged. */
async function unacknowledged(): Promise<number> {
  const { Attributes = {} } = await world.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: world.queueUrl, AttributeNames: ['All'] }),
  )
  return Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesNotVisible)
}

function dropStatus(statusFolder: string, name: string, content: string): void {
  writeFileSync(join(statusFolder, `${name}.tmp`), content)
  renameSync(join(statusFolder, `${name}.tmp`), join(statusFolder, name))
}

test('a ticket becomes a whole job folder, is reported as accepted and then acknowledged', async () => {
  const { config } = await world.startHere('good')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId]), soon)
  const folder = join(config.hotFolder, ticket.jobId)
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['sheet.pdf', 'ticket.json']))
  const handed = parse('job ticket', JobTicket, JSON.parse(readFileSync(join(folder, 'ticket.json'), 'utf8')))
  expect(handed).toMatchObject({ jobId: ticket.jobId, quantity: 2, shipTo: ticket.shipTo, isTest: true })
  const bytes = readFileSync(join(folder, handed.files[0]?.file ?? ''))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(ticket.files[0]?.sha256)
  const accepted = { status: 'accepted', jobId: ticket.jobId, orderId: ticket.orderId, itemId: ticket.itemId }
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([accepted]), soon)
  await vi.waitFor(async () => expect(await unacknowledged()).toBe(0), soon)
})

test('a ticket delivered to two clients of a facility many times is handed over once', async () => {
  const clients = [await world.startHere('one'), await world.startHere('two')]
  const tickets = await Promise.all(Array.from({ length: 6 }, () => world.makeTicket()))
  for (const ticket of [...tickets, ...tickets, ...tickets]) await world.send(ticket)
  await vi.waitFor(async () => expect(await unacknowledged()).toBe(0), soon)
  const handed = clients.flatMap(({ config }) => jobsIn(config.hotFolder))
  expect(handed.sort()).toEqual(tickets.map(({ jobId }) => jobId).sort())
})

test('another facility’s ticket and a message that is no ticket are not printed and not acknowledged', async () => {
  const { config } = await world.startHere('strict')
  const foreign = await world.makeTicket({ facilityId: 'fac_other' })
  const good = await world.makeTicket()
  await world.send(foreign)
  await world.send({ type: 'production', jobId: '../../escape' })
  await world.send(good)
  await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([good.jobId]), soon)
  await vi.waitFor(async () => expect(await unacknowledged()).toBe(2), soon)
  expect(await readJobs(config.stateFolder)).toMatchObject([{ jobId: good.jobId }])
})

test('spoilt files fail the job without a folder; mended and released it is handed over', async () => {
  const { config } = await world.startHere('spoilt')
  const ticket = await world.makeTicket()
  const [file] = ticket.files
  const right = randomBytes(3_000)
  const sha256 = createHash('sha256').update(right).digest('hex')
  await world.send({ ...ticket, files: [{ ...file, sizeBytes: right.length, sha256 }] })
  await vi.waitFor(
    async () => expect(await world.statuses()).toMatchObject([{ status: 'failed', cause: 'FilesCorrupt' }]),
    soon,
  )
  expect(jobsIn(config.hotFolder)).toEqual([])
  await world.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key: file?.key, Body: right }))
  await runOperatorCommand(config, { name: 'release', jobId: ticket.jobId })
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
  expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
})

test('a missing print file fails the job with DownloadError', async () => {
  const { config } = await world.startHere('missing')
  const ticket = await world.makeTicket()
  await world.send({ ...ticket, files: ticket.files.map((file) => ({ ...file, key: 'facilities/fac_test/none.pdf' })) })
  const failed = { status: 'failed', cause: 'DownloadError' }
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([failed]), soon)
  expect(jobsIn(config.hotFolder)).toEqual([])
})

test('while the object store is down nothing is handed over or reported; when it is back the job comes by itself', async () => {
  const { config } = await world.startHere('store')
  const ticket = await world.makeTicket()
  await world.withoutStore(async () => {
    await world.send(ticket)
    await vi.waitFor(
      async () => expect(await readJobs(config.stateFolder)).toMatchObject([{ state: 'claiming' }]),
      soon,
    )
    expect([jobsIn(config.hotFolder), await world.statuses()]).toEqual([[], []])
  })
  // Twice under one id where the ticket came again first.
  await vi.waitFor(async () => expect((await world.statuses())[0]).toMatchObject({ status: 'accepted' }), soon)
  expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
})

test('a hot folder that vanishes and returns loses nothing, and its jobs come by themselves', async () => {
  const { config } = await world.startHere('drive')
  const away = `${config.hotFolder}.away`
  renameSync(config.hotFolder, away)
  const tickets = [await world.makeTicket(), await world.makeTicket()]
  for (const ticket of tickets) await world.send(ticket)
  // Given back or never taken: no claim, no status.
  await vi.waitFor(async () => expect(await unacknowledged()).toBe(2), soon)
  expect(await world.statuses()).toEqual([])
  renameSync(away, config.hotFolder)
  await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual(tickets.map(({ jobId }) => jobId).sort()), soon)
})

test('a ticket that comes again after the hand-over prints nothing and tells what became of the job, under the same ids', async () => {
  const { config } = await world.startHere('asked')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  const heard: { readonly status: string; readonly statusId: string }[] = []
  const hear = (...wanted: readonly string[]) =>
    vi.waitFor(async () => {
      heard.push(...(await world.statuses()))
      expect(heard.map(({ status }) => status)).toEqual(wanted)
    }, soon)
  await hear('accepted')
  const parcel = { carrier: 'PostNL', number: '3S1', quantity: 1 }
  dropStatus(
    config.statusFolder,
    '1.json',
    JSON.stringify({ jobId: ticket.jobId, status: 'shipped', tracking: parcel }),
  )
  await hear('accepted', 'shipped')
  dropStatus(config.statusFolder, '2.json', JSON.stringify({ jobId: ticket.jobId, status: 'delivered' }))
  await hear('accepted', 'shipped', 'delivered')
  await world.send(ticket)
  await hear('accepted', 'shipped', 'delivered', 'shipped', 'delivered')
  expect(heard.slice(3)).toEqual(heard.slice(1, 3))
  expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
})

test('statuses wait out a queue that is down and arrive in their order under one id each', async () => {
  const { config } = await world.startHere('queue')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
  await world.withoutQueues(async () => {
    for (const [place, status] of ['printing', 'printed', 'packed'].entries()) {
      dropStatus(config.statusFolder, `${place}.json`, JSON.stringify({ jobId: ticket.jobId, status }))
    }
    await vi.waitFor(async () => expect((await readJobs(config.stateFolder))[0]?.outbox).toHaveLength(3), soon)
  })
  const found: { readonly status: string; readonly statusId: string }[] = []
  await vi.waitFor(async () => {
    found.push(...(await world.statuses()))
    expect(found.map(({ status }) => status)).toEqual(['printing', 'printed', 'packed'])
  }, soon)
  expect(new Set(found.map(({ statusId }) => statusId)).size).toBe(3)
})

test('a wrong status file is refused with its reasons beside it, and holds up no other', async () => {
  const { config } = await world.startHere('refuse')
  const ticket = await world.makeTicket()
  const { jobId } = ticket
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  dropStatus(config.statusFolder, '1.json', JSON.stringify({ jobId, status: 'vanished', tracking: { carier: 'x' } }))
  dropStatus(config.statusFolder, '2.json', JSON.stringify({ jobId: `job_${'0'.repeat(26)}`, status: 'printing' }))
  dropStatus(config.statusFolder, '3.json', '{ "jobId": ')
  const tracking = { carrier: 'Post', number: 'X1', quantity: 2 }
  const at = '2026-01-02T03:04:05Z'
  dropStatus(config.statusFolder, '4.json', JSON.stringify({ jobId, status: 'shipped', tracking, at }))
  await vi.waitFor(
    async () => expect(await world.statuses()).toMatchObject([{ status: 'shipped', tracking, at }]),
    soon,
  )
  const refused = join(config.statusFolder, 'refused')
  await vi.waitFor(() => expect(readdirSync(refused)).toHaveLength(6), soon)
  const reason = (name: string) => readFileSync(join(refused, `${name}.reason.txt`), 'utf8')
  expect(reason('1.json')).toMatch(/status must be one of "printing", .*found "vanished"/)
  expect(reason('1.json')).toMatch(/tracking.carier is not a known field/)
  expect(reason('1.json')).toMatch(/tracking.quantity is required/)
  expect(reason('2.json')).toContain('names no job of this client')
  expect(reason('3.json')).toContain('is not JSON')
  expect(readdirSync(config.statusFolder)).toEqual(['refused'])
})

test('a status file that was journaled but not yet removed at a crash is reported once', async () => {
  const first = await world.startHere('twice')
  const { statusFolder } = first.config
  const ticket = await world.makeTicket()
  await world.send(ticket)
  const content = JSON.stringify({ jobId: ticket.jobId, status: 'printing' })
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  dropStatus(statusFolder, '1.json', content)
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'printing' }]), soon)
  await first.stop()
  dropStatus(statusFolder, '1.json', content)
  dropStatus(statusFolder, '2.json', JSON.stringify({ jobId: ticket.jobId, status: 'printed' }))
  await world.startHere('twice')
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'printed' }]), soon)
  expect(existsSync(join(statusFolder, '1.json'))).toBe(false)
})

test('the hot folder must exist, and nothing is made in its place', async () => {
  const config = world.configOf('unmounted')
  renameSync(config.hotFolder, `${config.hotFolder}.away`)
  await expect(world.startWith(config, 'boot-1')).rejects.toThrow('does not exist: create it')
  expect(existsSync(config.hotFolder)).toBe(false)
})

test('a client that is told to stop hands back what it has not claimed and leaves within its time', async () => {
  const config = world.configOf('stopped')
  const configPath = join(world.folder, 'stopped.json')
  writeFileSync(configPath, JSON.stringify(config))
  const child = spawn(process.execPath, ['services/print-client/main.ts', '--config', configPath], {
    env: { ...process.env, ...world.environment },
    stdio: 'ignore',
  })
  try {
    const tickets = [await world.makeTicket({ bytes: 5_000_000 }), await world.makeTicket({ bytes: 5_000_000 })]
    for (const ticket of tickets) await world.send(ticket)
    await vi.waitFor(async () => expect(await readJobs(config.stateFolder)).not.toHaveLength(0), soon)
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    expect(await gone).toBe(0)
    await world.startHere('stopped')
    await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual(tickets.map(({ jobId }) => jobId).sort()), soon)
  } finally {
    child.kill('SIGKILL')
  }
})
