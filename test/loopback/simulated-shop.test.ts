import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSimulatedShop } from '../../local/simulated-shop/start.ts'
import { facilityId, jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 30_000 })
const soon = { timeout: 15_000, interval: 20 }
const log = pino({ level: 'silent' })

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('a test order is printed, packed, shipped with a tracking number and delivered, step by step, and its folder stays', async () => {
  const { config, stop } = await world.startHere('steps')
  const shop = await startSimulatedShop({ facilities: [config], stepMilliseconds: 10, log })
  try {
    const ticket = await world.makeTicket()
    await world.send(ticket)
    const said: string[] = []
    const tracking: unknown[] = []
    await vi.waitFor(async () => {
      for (const status of await world.statuses()) {
        said.push(status.status)
        if (status.tracking) tracking.push(status.tracking)
      }
      expect(said).toEqual(['accepted', 'printing', 'printed', 'packed', 'shipped', 'delivered'])
    }, soon)
    const number = `TEST${ticket.jobId.slice(-12).toUpperCase()}`
    expect(tracking).toEqual([{ carrier: 'Test Parcel', number, quantity: 2 }])
    expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId])
  } finally {
    await shop.close()
    await stop()
  }
})

test('a real order is left to the shop’s people', async () => {
  const { config, stop } = await world.startHere('real')
  const shop = await startSimulatedShop({ facilities: [config], stepMilliseconds: 5, log })
  try {
    const real = await world.makeTicket({ isTest: false })
    const trial = await world.makeTicket()
    await world.send(real)
    await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([real.jobId]), soon)
    await world.send(trial)
    const shipped = new Set<string>()
    await vi.waitFor(async () => {
      for (const { status, jobId } of await world.statuses()) if (status === 'shipped') shipped.add(jobId)
      expect([...shipped]).toEqual([trial.jobId])
    }, soon)
  } finally {
    await shop.close()
    await stop()
  }
})

test('a shop that is killed between a step and its memory repeats the same file, and no other', async () => {
  const hotFolder = join(world.folder, 'shop', 'hot')
  const statusFolder = join(world.folder, 'shop', 'status')
  const { config, stop } = await world.startHere('maker')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId]), soon)
  await stop()
  mkdirSync(join(world.folder, 'shop'))
  cpSync(config.hotFolder, hotFolder, { recursive: true })
  const facility = { facilityId, hotFolder, statusFolder }
  const all = [0, 1, 2, 3, 4].map((step) => expect.stringMatching(`^${ticket.jobId}-${step}-[a-z]+\\.json$`))

  const first = await startSimulatedShop({ facilities: [facility], stepMilliseconds: 5, log })
  await vi.waitFor(() => expect(jsonIn(statusFolder)).toEqual(all), soon)
  const contents = jsonIn(statusFolder).map((name) => readFileSync(join(statusFolder, name), 'utf8'))
  await first.close()

  // As a kill before the first write of the memory leaves it.
  rmSync(join(world.folder, 'shop', `.simulated-shop.${facilityId}.hot.json`))
  const second = await startSimulatedShop({ facilities: [facility], stepMilliseconds: 5, log })
  await vi.waitFor(
    () => expect(existsSync(join(world.folder, 'shop', `.simulated-shop.${facilityId}.hot.json`))).toBe(true),
    soon,
  )
  await second.close()
  expect(jsonIn(statusFolder)).toEqual(all)
  expect(jsonIn(statusFolder).map((name) => readFileSync(join(statusFolder, name), 'utf8'))).toEqual(contents)
})

const jsonIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : []
