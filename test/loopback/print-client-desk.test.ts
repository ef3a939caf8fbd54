import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#chassis/ids.ts'
import { systemClock } from '../../services/chassis/clock.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })
const soon = { timeout: 20_000, interval: 20 }
const dayMilliseconds = 24 * 3_600_000

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** Hears statuses until they are what is wanted, in any order of jobs. */
async function hear(...wanted: readonly string[]): Promise<readonly { readonly cause?: string }[]> {
  const heard: { readonly status: string; readonly cause?: string }[] = []
  await vi.waitFor(async () => {
    heard.push(...(await world.statuses()))
    expect(heard.map(({ status }) => status).sort()).toEqual([...wanted].sort())
  }, soon)
  return heard
}

test('a job that the shop’s workflow moves to done is printed, one that it moves to error has failed for its own words; each is said once', async () => {
  const { config, desk } = await world.startHere('workflow')
  const [good, bad] = [await world.makeTicket(), await world.makeTicket()]
  await world.send(good)
  await world.send(bad)
  await hear('accepted', 'accepted')
  for (const name of ['done', 'error']) mkdirSync(join(config.hotFolder, name))
  writeFileSync(join(config.hotFolder, bad.jobId, 'why.txt'), '\ufeffNo paper of 170 g\r\nin tray 3\n')
  renameSync(join(config.hotFolder, good.jobId), join(config.hotFolder, 'done', good.jobId))
  renameSync(join(config.hotFolder, bad.jobId), join(config.hotFolder, 'error', bad.jobId))
  expect(await hear('printed', 'failed')).toContainEqual(
    expect.objectContaining({ status: 'failed', cause: 'No paper of 170 g in tray 3' }),
  )
  expect(desk.job(good.jobId)).toMatchObject({ state: 'in_the_shop', said: 'printed' })
  expect(desk.job(bad.jobId)).toMatchObject({ state: 'over', said: 'failed' })
})

test('a file named after a job, in capitals and in a folder elsewhere, is as good as its folder; what is still written is not', async () => {
  const { hotFolder, ...base } = world.configOf('elsewhere')
  const done = join(base.stateFolder, '..', 'printed')
  mkdirSync(done)
  const outputs = { main: { kind: 'hot_folder', folder: hotFolder, done } }
  const { desk } = await world.startWith({ ...base, outputs }, 'boot-1')
  const [written, still] = [await world.makeTicket(), await world.makeTicket()]
  for (const ticket of [written, still]) await world.send(ticket)
  await hear('accepted', 'accepted')
  const growing = join(done, `${written.jobId}.pdf`)
  writeFileSync(growing, '%PDF')
  const writing = setInterval(() => writeFileSync(growing, '.', { flag: 'a' }), 50)
  writeFileSync(join(done, `0001_${still.jobId.toUpperCase()}-SHEET.PDF`), '%PDF')
  await hear('printed')
  expect(desk.job(written.jobId)?.said).toBe('accepted')
  clearInterval(writing)
  await hear('printed')
  expect(desk.job(written.jobId)?.said).toBe('printed')
})

test('accepted by hand, a job waits for a person; it is made when they say so, and never when they reject it', async () => {
  const config = { ...world.configOf('by-hand'), accept: 'by_hand' }
  const { desk, stop } = await world.startWith(config, 'boot-1')
  const [wanted, unwanted] = [await world.makeTicket(), await world.makeTicket()]
  for (const ticket of [wanted, unwanted]) await world.send(ticket)
  await vi.waitFor(() => expect(desk.jobs().map(({ state }) => state)).toEqual(['offered', 'offered']), soon)
  expect(desk.job(wanted.jobId)).toMatchObject({
    actions: ['accept', 'reject'],
    summary: { product: 'Poster A3', quantity: 2, country: 'NL', title: 'Łódź & <Köln>' },
  })
  expect([jobsIn(config.hotFolder), await world.statuses()]).toEqual([[], []])
  await desk.decide(unwanted.jobId, { do: 'reject', cause: 'out_of_stock_media' }, 'Ada')
  expect(await hear('rejected')).toMatchObject([{ jobId: unwanted.jobId, cause: 'out_of_stock_media' }])
  await stop()
  // A restart asks again, and does not forget.
  const again = await world.startWith(config, 'boot-2')
  expect(again.desk.job(wanted.jobId)?.state).toBe('offered')
  await again.desk.decide(wanted.jobId, { do: 'accept' }, 'Ada')
  expect(await hear('accepted')).toMatchObject([{ jobId: wanted.jobId }])
  await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([wanted.jobId]), soon)
  for (const ticket of [wanted, unwanted]) await world.send(ticket)
  await vi.waitFor(async () => expect(await world.unacknowledged()).toBe(0), soon)
  expect(jobsIn(config.hotFolder)).toEqual([wanted.jobId])
  await expect(again.desk.decide(wanted.jobId, { do: 'accept' }, 'Ada')).rejects.toThrow('possible now: report, reject')
  await expect(again.desk.decide(newId('job', new Date()), { do: 'drop' }, 'Ada')).rejects.toThrow('knows no job')
})

test('an offered job that is cancelled is ended, and nobody needs to decide', async () => {
  const config = { ...world.configOf('offered'), accept: 'by_hand' }
  const { desk } = await world.startWith(config, 'boot-1')
  const { jobId, orderId, itemId, facilityId, issuedAt, ...ticket } = await world.makeTicket()
  await world.send({ ...ticket, jobId, orderId, itemId, facilityId, issuedAt })
  await vi.waitFor(() => expect(desk.job(jobId)?.state).toBe('offered'), soon)
  const ticketId = newId('tkt', new Date())
  await world.send({ type: 'cancel', ticketId, jobId, orderId, itemId, facilityId, issuedAt })
  await hear('cancelled')
  expect(desk.job(jobId)).toMatchObject({ state: 'over', cause: 'UserRequest' })
})

test('what people say while the line is cut is kept and told in order when it is back, also over a restart', async () => {
  const config = world.configOf('cut')
  const first = await world.startHere('cut')
  const ticket = await world.makeTicket()
  const { jobId } = ticket
  await world.send(ticket)
  await hear('accepted')
  const { second, tracking } = await world.withoutQueues(async () => {
    await first.desk.report({ jobId, status: 'printing' }, 'Ada')
    await first.desk.report({ jobId, status: 'printed' }, 'Ada')
    await first.stop()
    const second = await world.startHere('cut')
    const tracking = { carrier: 'PostNL', number: '3S1', quantity: 1 }
    await second.desk.report({ jobId, status: 'shipped', tracking }, 'Ada')
    await vi.waitFor(
      async () => expect(await second.desk.health()).toMatchObject({ network: { isReachable: false } }),
      soon,
    )
    // What can be printed is; that no ticket can come is told to the operator as soon as there is a line for it.
    await vi.waitFor(
      async () =>
        expect(await second.desk.health()).toMatchObject({
          ...{ outbox: { waiting: 3 }, isTaking: false, isReady: true },
          reason: expect.stringContaining('queue gives no tickets'),
        }),
      soon,
    )
    return { second, tracking }
  })
  const heard: { readonly status: string }[] = []
  await vi.waitFor(async () => {
    heard.push(...(await world.statuses()))
    expect(heard.map(({ status }) => status)).toEqual(['printing', 'printed', 'shipped'])
  }, soon)
  // One copy of two has left.
  expect(second.desk.job(jobId)).toMatchObject({ state: 'in_the_shop', parcels: [tracking] })
  await second.desk.report({ jobId, status: 'shipped', tracking: { ...tracking, number: '3S2' } }, 'Ada')
  expect(second.desk.job(jobId)?.state).toBe('over')
  expect(readFileSync(join(config.stateFolder, 'journal.jsonl'), 'utf8')).not.toContain('Ada Test')
})

test('a report of a job that the shop has not got, or without what it needs, is refused with words for the person', async () => {
  const { desk } = await world.startWith({ ...world.configOf('refused'), accept: 'by_hand' }, 'boot-1')
  const ticket = await world.makeTicket()
  const { jobId } = ticket
  await world.send(ticket)
  await vi.waitFor(() => expect(desk.job(jobId)?.state).toBe('offered'), soon)
  await expect(desk.report({ jobId, status: 'printed' }, 'Ada')).rejects.toMatchObject({ code: 'not_now' })
  await expect(desk.report({ jobId: newId('job', new Date()), status: 'printed' }, 'Ada')).rejects.toMatchObject({
    code: 'unknown_job',
  })
  await expect(desk.report({ jobId, status: 'failed' }, 'Ada')).rejects.toMatchObject({
    code: 'bad_report',
    issues: [{ pointer: '/cause' }],
  })
})

test.each([-1, 1])(
  'a clock that is off by %d day is seen in the answers of AWS; jobs are made all the same and times are right',
  async (days) => {
    const clock = { ...systemClock, now: () => new Date(Date.now() + days * dayMilliseconds) }
    const config = world.configOf(`clock${days}`)
    const { desk } = await world.startWith(config, 'boot-1', clock)
    const ticket = await world.makeTicket()
    await world.send(ticket)
    await hear('accepted')
    expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
    const { clockSkewSeconds = 0 } = await desk.health()
    expect(Math.abs(clockSkewSeconds - days * 86_400)).toBeLessThan(60)
    await desk.report({ jobId: ticket.jobId, status: 'printed' }, 'Ada')
    const [printed] = await vi.waitFor(async () => {
      const found = await world.statuses()
      expect(found).toHaveLength(1)
      return found
    }, soon)
    expect(Math.abs(Date.parse(printed?.at ?? '') - Date.now())).toBeLessThan(60_000)
  },
)
