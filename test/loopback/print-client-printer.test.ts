import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { FacilityStatus } from '#contracts/messages/facility-status.ts'
import { hasRealPrinter, type RealPrinter, startRealPrinter } from './ipp/real-printer.ts'
import { type Responder, startResponder } from './ipp/responder.ts'
import { openWorld, type World, type WorldConfig } from './print-client-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })
const soon = { timeout: 40_000, interval: 50 }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

function shopWithPrinter(url: string): WorldConfig {
  const { hotFolder: _, ...base } = world.configOf('press')
  return { ...base, outputs: { main: { kind: 'ipp', url } } }
}

/** What is said of the job until it says `last`, each word once: a ticket that comes again is answered again. */
async function heardUntil(last: FacilityStatus['status']): Promise<readonly string[]> {
  const heard = new Set<string>()
  await vi.waitFor(async () => {
    for (const { status } of await world.statuses()) heard.add(status)
    expect(heard).toContain(last)
  }, soon)
  return [...heard]
}

test('a ticket delivered three times is one job at the printer, whose states are told (in-test responder)', async () => {
  const printer: Responder = await startResponder({ now: () => new Date() })
  try {
    await world.startWith(shopWithPrinter(printer.url), 'boot-1')
    const ticket = await world.makeTicket()
    for (let time = 0; time < 3; time += 1) await world.send(ticket)
    expect(await heardUntil('accepted')).toEqual(['accepted'])
    expect(printer.jobs.map(({ name }) => name)).toEqual([ticket.jobId])
    printer.set(ticket.jobId, 'processing')
    await heardUntil('printing')
    printer.set(ticket.jobId, 'completed')
    await heardUntil('printed')
    expect(printer.jobs).toHaveLength(1)
  } finally {
    await printer.close()
  }
})

test('a reply that is lost, then a client that starts anew, prints once (in-test responder)', async () => {
  const printer: Responder = await startResponder({ now: () => new Date() })
  try {
    printer.failNext('Print-Job', 'lose_reply')
    const config = shopWithPrinter(printer.url)
    const { stop } = await world.startWith(config, 'boot-1')
    const ticket = await world.makeTicket()
    await world.send(ticket)
    await vi.waitFor(() => expect(printer.jobs).toHaveLength(1), soon)
    await stop()
    await world.startWith(config, 'boot-2')
    await heardUntil('accepted')
    expect(printer.jobs.map(({ name }) => name)).toEqual([ticket.jobId])
  } finally {
    await printer.close()
  }
})

const why = hasRealPrinter ? 'ippeveprinter' : 'skipped: ippeveprinter, dbus-daemon or avahi-daemon is not installed'
let real: RealPrinter | undefined
beforeAll(async () => {
  if (hasRealPrinter) real = await startRealPrinter()
})
afterAll(() => real?.close())

test.skipIf(!hasRealPrinter)(`a job goes to CUPS’ own printer whole and comes back as printed (${why})`, async () => {
  await world.startWith(shopWithPrinter(real?.url ?? ''), 'boot-1')
  const ticket = await world.makeTicket({ bytes: 200_000 })
  await world.send(ticket)
  await heardUntil('printed')
  const sums = real?.documents().map((bytes) => createHash('sha256').update(bytes).digest('hex'))
  expect(sums).toEqual([ticket.files[0]?.sha256])
})
