import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#chassis/ids.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 40_000 })
const soon = { timeout: 20_000, interval: 20 }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('the order of a lost database, sent again, gets the same job: not printed, and told where it stands', async () => {
  const { config } = await world.startHere('one')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
  const again = { orderId: newId('ord', new Date()), itemId: newId('itm', new Date()) }
  await world.send({ ...ticket, ...again, ticketId: newId('tkt', new Date()) })
  const said = { status: 'accepted', jobId: ticket.jobId, ...again }
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([said]), soon)
  expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
})

test('sent again with files that are there, a job begins again whose files were lost with their region', async () => {
  const { config } = await world.startHere('one')
  const good = await world.makeTicket()
  const [file] = good.files
  const lost = { ...good, files: [{ ...file, key: 'facilities/fac_test/lost/sheet.pdf' }] }
  await world.send(lost)
  await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'failed' }]), soon)
  const again = { orderId: newId('ord', new Date()), itemId: newId('itm', new Date()) }
  for (let times = 0; times < 3; times += 1) await world.send({ ...good, ...again, ticketId: newId('tkt', new Date()) })
  await vi.waitFor(
    async () =>
      expect(await world.statuses()).toContainEqual(expect.objectContaining({ status: 'accepted', ...again })),
    soon,
  )
  expect(jobsIn(config.hotFolder)).toEqual([good.jobId])
})

test('a claim names its order and its item, for whoever compares it with a restored database', async () => {
  await world.startHere('one')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  const { orderId, itemId } = ticket
  expect(await claim(world.bucket, ticket.jobId)).toMatchObject({ orderId, itemId })
})

test('in another bucket a client claims what its journal holds before it takes a ticket: a second client prints none of it', async () => {
  const first = await world.startHere('one')
  const tickets = await Promise.all(Array.from({ length: 5 }, () => world.makeTicket()))
  for (const ticket of tickets) await world.send(ticket)
  const jobs = tickets.map(({ jobId }) => jobId).sort()
  await vi.waitFor(() => expect(jobsIn(first.config.hotFolder)).toEqual(jobs), soon)
  await first.stop()

  await world.s3.send(new CreateBucketCommand({ Bucket: 'print-files-2' }))
  const there = { printFilesBucket: 'print-files-2' }
  await world.startWith({ ...first.config, ...there }, 'boot-1')
  await vi.waitFor(async () => expect(await claims('print-files-2')).toEqual(jobs), soon)
  const second = await world.startWith({ ...world.configOf('two'), ...there }, 'boot-1')
  for (const ticket of [...tickets, ...tickets]) await world.send(ticket)
  const news = await world.makeTicket({ bytes: 10 })
  await world.send(news)
  await vi.waitFor(async () => expect(await claims('print-files-2')).toContain(news.jobId), soon)
  expect(jobsIn(second.config.hotFolder)).toEqual([])
  expect(jobsIn(first.config.hotFolder)).toEqual(jobs)
})

test('in another bucket a job that somebody else claimed meanwhile is theirs: what waited here for a person is printed by nobody here', async () => {
  const config = { ...world.configOf('one'), accept: 'by_hand' as const }
  const first = await world.startWith(config, 'boot-1')
  const [taken, own] = [await world.makeTicket(), await world.makeTicket()]
  for (const ticket of [taken, own]) await world.send(ticket)
  const stateOf = ({ desk }: typeof first, { jobId }: typeof taken) => desk.job(jobId)?.state
  await vi.waitFor(() => expect([stateOf(first, taken), stateOf(first, own)]).toEqual(['offered', 'offered']), soon)
  await first.stop()
  await world.s3.send(new CreateBucketCommand({ Bucket: 'print-files-3' }))
  const Body = JSON.stringify({ clientId: 'order-api', nonce: 'order-api', claimedAt: new Date().toISOString() })
  await world.s3.send(new PutObjectCommand({ Bucket: 'print-files-3', Key: `claims/fac_test/${taken.jobId}`, Body }))
  const again = await world.startWith({ ...config, printFilesBucket: 'print-files-3' }, 'boot-1')
  await vi.waitFor(() => expect(stateOf(again, taken)).toBe('elsewhere'), soon)
  await expect(again.desk.decide(taken.jobId, { do: 'accept' }, 'a person')).rejects.toMatchObject({ code: 'not_now' })
  expect(stateOf(again, own)).toBe('offered')
  expect(jobsIn(config.hotFolder)).toEqual([])
})

test('claims are carried once a bucket: the second start puts none', async () => {
  const first = await world.startHere('one')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  await first.stop()
  const puts = vi.spyOn(world.s3, 'send')
  const again = await world.startWith(first.config, 'boot-1')
  await world.send(ticket)
  await vi.waitFor(async () => expect(await world.statuses()).toHaveLength(1), soon)
  await again.stop()
  expect(puts).not.toHaveBeenCalled()
})

async function claim(bucket: string, jobId: string): Promise<unknown> {
  const { Body } = await world.s3.send(new GetObjectCommand({ Bucket: bucket, Key: `claims/fac_test/${jobId}` }))
  return JSON.parse((await Body?.transformToString()) ?? '')
}

async function claims(bucket: string): Promise<readonly string[]> {
  const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'claims/' }))
  return Contents.map(({ Key = '' }) => Key.slice(Key.lastIndexOf('/') + 1)).sort()
}
