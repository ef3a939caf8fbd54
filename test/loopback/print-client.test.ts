import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JobTicket } from '#contracts/messages/job-ticket.ts'
import { parse } from '#contracts/parse.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 30_000 })
const soon = { timeout: 15_000, interval: 20 }

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

test('a ticket becomes a whole job folder and is reported as accepted', async () => {
  const { config, stop } = await world.startHere('good')
  const ticket = await world.makeTicket()
  await world.send(ticket)
  await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId]), soon)
  const folder = join(config.hotFolder, ticket.jobId)
  expect(readdirSync(folder).sort()).toEqual(['job-sheet.html', 'sheet.pdf', 'ticket.json'])
  const handed = parse('job ticket', JobTicket, JSON.parse(readFileSync(join(folder, 'ticket.json'), 'utf8')))
  expect(handed).toMatchObject({ jobId: ticket.jobId, quantity: 2, shipTo: ticket.shipTo, isTest: true })
  expect(handed.files[0]).toMatchObject({ file: 'sheet.pdf', sha256: ticket.files[0]?.sha256 })
  await vi.waitFor(
    async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted', jobId: ticket.jobId }]),
    soon,
  )
  await stop()
})
