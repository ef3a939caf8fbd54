import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newId } from '#chassis/ids.ts'
import type { CancelTicket } from '#contracts/messages/cancel-ticket.ts'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { cancelFileName, JobCancel } from '#contracts/messages/job-cancel.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { startSimulatedShop } from '../../local/simulated-shop/start.ts'
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

const cancelOf = ({ jobId, orderId, itemId, facilityId }: ProductionTicket): CancelTicket => {
  const now = new Date()
  const ids = { ticketId: newId('tkt', now), jobId, orderId, itemId, facilityId }
  return { type: 'cancel', issuedAt: now.toISOString(), ...ids }
}

/** Collects what is said until it is what is wanted, in this order. */
async function hear(...wanted: readonly Partial<FacilityStatus>[]): Promise<readonly FacilityStatus[]> {
  const heard: FacilityStatus[] = []
  await vi.waitFor(async () => {
    heard.push(...(await world.statuses()))
    expect(heard).toMatchObject(wanted)
  }, soon)
  return heard
}

test('a job that is cancelled before its own ticket arrives is never printed, and says so again whenever it is asked', async () => {
  const { config } = await world.startHere('early')
  const ticket = await world.makeTicket()
  await world.send(cancelOf(ticket))
  const [said] = await hear({ status: 'cancelled', cause: 'UserRequest', jobId: ticket.jobId, orderId: ticket.orderId })
  for (const again of [ticket, cancelOf(ticket), ticket]) {
    await world.send(again)
    expect(await hear({ status: 'cancelled' })).toMatchObject([{ statusId: said?.statusId }])
  }
  await vi.waitFor(async () => expect(await world.unacknowledged()).toBe(0), soon)
  expect(jobsIn(config.hotFolder)).toEqual([])
  expect(await readJobs(config.stateFolder)).toMatchObject([{ state: 'dropped' }])
})

test('a job that waits for its files is cancelled instead of handed over', async () => {
  const { config } = await world.startHere('waiting')
  const ticket = await world.makeTicket()
  await world.withoutStore(async () => {
    await world.send(ticket)
    await vi.waitFor(
      async () => expect(await readJobs(config.stateFolder)).toMatchObject([{ state: 'claiming' }]),
      soon,
    )
    await world.send(cancelOf(ticket))
    await vi.waitFor(async () => expect((await readJobs(config.stateFolder))[0]?.cancel).toBeDefined(), soon)
  })
  await hear({ status: 'cancelled', cause: 'UserRequest' })
  expect(jobsIn(config.hotFolder)).toEqual([])
})

test('a wish that was heard before a crash is answered after it', async () => {
  const first = await world.startHere('crash')
  const ticket = await world.makeTicket()
  await world.withoutStore(async () => {
    await world.send(cancelOf(ticket))
    await vi.waitFor(async () => expect(await readJobs(first.config.stateFolder)).toHaveLength(1), soon)
    await first.stop()
  })
  await world.startHere('crash')
  await hear({ status: 'cancelled' })
})

test('a job that the shop has is not cancelled by us: the wish is declined once, the shop finds it beside the job and may stop it', async () => {
  const { config } = await world.startHere('late')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await hear({ status: 'accepted' })
  const cancel = cancelOf(ticket)
  await world.send(cancel)
  const [declined] = await hear({ status: 'cancel_declined', cause: 'the shop has the job' })
  const path = join(config.hotFolder, cancelFileName(ticket.jobId))
  const wish = parse('job cancel', JobCancel, JSON.parse(readFileSync(path, 'utf8')))
  expect(wish).toMatchObject({ jobId: ticket.jobId, orderId: ticket.orderId, itemId: ticket.itemId })
  await world.send(cancel)
  expect((await hear({ status: 'cancel_declined' }))[0]?.statusId).toBe(declined?.statusId)
  const file = join(config.statusFolder, '1.json')
  writeFileSync(`${file}.tmp`, JSON.stringify({ jobId: ticket.jobId, status: 'cancelled' }))
  renameSync(`${file}.tmp`, file)
  await hear({ status: 'cancelled' })
  expect(jobsIn(config.hotFolder)).toEqual([cancelFileName(ticket.jobId), ticket.jobId])
})

test('of two clients the one that has the job answers, whichever hears of the wish', async () => {
  const clients = [await world.startHere('one'), await world.startHere('two')]
  const tickets = await Promise.all(Array.from({ length: 4 }, () => world.makeTicket()))
  for (const ticket of tickets) await world.send(ticket)
  await hear(...tickets.map(() => ({ status: 'accepted' as const })))
  // Whatever is heard is kept, also what comes twice: it is taken from the queue only once.
  const heard: FacilityStatus[] = []
  const unanswered = () => {
    const answers = heard.filter(({ status }) => status === 'cancel_declined')
    return tickets.filter(({ jobId }) => !answers.some((answer) => answer.jobId === jobId))
  }
  await vi.waitFor(async () => {
    // As the sweeper does: a wish that only reached the other client, nine times, is rung for again.
    if ((await world.unacknowledged()) === 0) for (const ticket of unanswered()) await world.send(cancelOf(ticket))
    heard.push(...(await world.statuses()))
    expect(unanswered()).toEqual([])
  }, soon)
  expect(heard.map(({ status }) => status)).not.toContain('cancelled')
  const handed = clients.flatMap(({ config }) => jobsIn(config.hotFolder).filter((name) => name.startsWith('job_')))
  expect(handed.sort()).toEqual(tickets.map(({ jobId }) => jobId).sort())
})

test('a failed job that is cancelled cannot be released any more', async () => {
  const { config } = await world.startHere('failed')
  const ticket = await world.makeTicket()
  await world.send({ ...ticket, files: ticket.files.map((file) => ({ ...file, key: 'facilities/fac_test/none.pdf' })) })
  await hear({ status: 'failed', cause: 'DownloadError' })
  await world.send(cancelOf(ticket))
  await hear({ status: 'cancelled' })
  await expect(runOperatorCommand(config, { name: 'release', jobId: ticket.jobId })).rejects.toThrow('is dropped')
})

test('another facility’s wish, and one that is none, change nothing and are not acknowledged', async () => {
  const { config } = await world.startHere('strict')
  const ticket = await world.makeTicket()
  await world.send({ ...cancelOf(ticket), facilityId: 'fac_other' })
  await world.send({ type: 'cancel', jobId: '../../escape' })
  await world.send(ticket)
  await hear({ status: 'accepted' })
  await vi.waitFor(async () => expect(await world.unacknowledged()).toBe(2), soon)
  expect(await readJobs(config.stateFolder)).toMatchObject([{ jobId: ticket.jobId, state: 'handed_over' }])
})

test('the test shop stops what it has not printed, and clears the wish away', async () => {
  const { config, stop } = await world.startHere('shop')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await hear({ status: 'accepted' })
  const shop = await startSimulatedShop({
    facilities: [config],
    stepMilliseconds: 60_000,
    log: pino({ level: 'silent' }),
  })
  try {
    await world.send(cancelOf(ticket))
    const said = new Set<string>()
    // The shop may be quicker than the word of its client: either comes first.
    await vi.waitFor(async () => {
      for (const { status, cause } of await world.statuses()) said.add(`${status}: ${cause}`)
      expect([...said].sort()).toEqual([
        'cancel_declined: the shop has the job',
        'cancelled: stopped before it was printed',
      ])
    }, soon)
    const path = join(config.hotFolder, cancelFileName(ticket.jobId))
    await vi.waitFor(() => expect(existsSync(path)).toBe(false), soon)
  } finally {
    await shop.close()
    await stop()
  }
})
