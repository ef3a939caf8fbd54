import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Account } from '#contracts/order-api/account.ts'
import { FacilityView } from '#contracts/order-api/facility-view.ts'
import type { Order } from '#contracts/order-api/order.ts'
import { OrderRouting } from '#contracts/order-api/order-routing.ts'
import { Quote } from '#contracts/order-api/quote.ts'
import { parse } from '#contracts/parse.ts'
import { printClientName } from '../../local/platform/processes.ts'
import { a5, pdf } from '../fixtures/journey/documents.ts'
import { jpeg } from '../fixtures/journey/pictures.ts'
import { eventually } from './eventually.ts'
import { type Journey, startJourney } from './journey.ts'
import { orderFor, recipients } from './recipients.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })
const root = join(import.meta.dirname, '..', '..')
const [utrecht, leipzig] = ['fac_utrecht', 'fac_leipzig']

let journey: Journey
/** The machine of the facility: a folder, and the client that was let in from there. */
let machine: string
let config: string
let client: Running | undefined
let image: string

beforeAll(async () => {
  // Utrecht begins without a client; the shops of the others are played.
  journey = await startJourney({ without: [printClientName(utrecht)] })
  machine = await mkdtemp(join(tmpdir(), 'printcloud-facility-'))
  config = join(machine, 'facility.json')
  const bytes = await jpeg(1200, 1700, 7)
  image = await journey.customer.upload({ filename: 'poster.jpg', type: 'image/jpeg', bytes })
  await letOthersMakeIt()
})
afterAll(async () => {
  // SIGTERM: the program that a checkout has starts Node anew and hands only that on.
  try {
    await stopClient()
  } finally {
    await journey?.end()
    if (machine) await rm(machine, { recursive: true, force: true })
  }
})

const run = async (...words: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, words, { env: bare, timeout: 30_000 })).stdout
const operator = async (...words: string[]): Promise<unknown> =>
  JSON.parse(await run(join(root, 'local/operator/main.ts'), ...words, '--json', '--data', journey.dataFolder))
/** What the facility has on its machine: no address and no credential but those of its code. */
const bare = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }
/** What is sent to the Netherlands from Leipzig costs a third more: beyond what accounts allow at first. */
async function letOthersMakeIt(): Promise<void> {
  const { id } = await journey.customer.read(Account, '/v1/account')
  const { secret } = parse('key', Type.Object({ secret: Type.String() }), await operator('key', 'add', id, '--live'))
  const changed = await fetch(`${journey.platform().local.baseUrl}/v1/account`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      routing: { reroute: { mode: 'exact', max_cost_increase_percent: 60, unclaimed_after_hours: 24 } },
    }),
  })
  expect(changed.status).toBe(200)
}

const program = join(root, 'scripts', 'printcloud-print-client.mjs')

type Running = { readonly child: ChildProcess; readonly page: string }
async function startClient(): Promise<Running> {
  const child = spawn(process.execPath, [program, '--config', config], {
    env: bare,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  child.stdout.on('data', (chunk) => {
    log += String(chunk)
  })
  client = { child, page: '' }
  const look = async () => /"address":"(http:[^"]+)"/.exec(log)?.[1]
  client = { child, page: await eventually('the page opens', look, { seen: () => log }) }
  return client
}
async function stopClient(): Promise<void> {
  const { child } = client ?? {}
  client = undefined
  if (!child) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
}

let presses = 0
/** What a press of a button sends. */
async function press(jobId: string, name: string, body: object = {}): Promise<void> {
  presses += 1
  const origin = client?.page ?? ''
  const sent = await fetch(`${origin}/api/jobs/${jobId}/${name}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ action_id: `journey-${presses}`, ...body }),
  })
  expect([sent.status, await sent.text()]).toEqual([200, expect.anything()])
}

const poster = (quantity: number) => orderFor(recipients.NL, [{ sku: 'poster-a3', quantity, files: { image } }])
const itemOf = ({ items: [item] }: Order) => {
  if (!item) throw new Error('an order without an item')
  return item
}
const until = (id: string, what: string, holds: (order: Order) => boolean): Promise<Order> => {
  let last: Order | undefined
  const look = async () => {
    last = await journey.customer.order(id)
    return holds(last) ? last : undefined
  }
  return eventually(what, look, { seen: () => JSON.stringify(last?.items) })
}
/** Where a poster to the Netherlands would be made now. */
async function quotedAt(): Promise<string | undefined> {
  const body = { recipient: { country: 'NL' }, items: [{ sku: 'poster-a3', quantity: 2 }] }
  const quoted: unknown = await (await journey.customer.send('/v1/quotes', { body })).json()
  return parse('quote', Quote, quoted).facilities[0]?.facility_id
}
/** The job of an order, once it is on the client's page. */
async function jobOnPage(id: string): Promise<string> {
  const queued = await until(id, 'the job is queued', (order) => itemOf(order).job_id !== undefined)
  const jobId = itemOf(queued).job_id ?? ''
  const look = async () =>
    (await (await fetch(`${client?.page}/api/overview`)).text()).includes(jobId) ? true : undefined
  await eventually('the job is on the page', look)
  return jobId
}

test('a machine is let in by one code and has its first order delivered in two parcels', async () => {
  const Code = Type.Object({ code: Type.String() })
  const { code } = parse('code', Code, await operator('facility', 'enrol', utrecht, '--name', 'Digital 1'))
  expect(await run(program, 'enrol', code, '--config', config)).toContain(`is let in at ${utrecht}`)
  const written: object = JSON.parse(await readFile(config, 'utf8'))
  await writeFile(config, JSON.stringify({ ...written, accept: 'by_hand', page: { port: 0 } }))
  await startClient()
  const heard = async () => {
    const view = await journey.customer.read(FacilityView, `/v1/facilities/${utrecht}`)
    return view.clients === 1 && view.last_heard_at !== null ? true : undefined
  }
  await eventually('the platform hears the client', heard)
  expect(await operator('facility', 'clients', utrecht)).toMatchObject({
    data: [{ name: 'Digital 1', revoked_at: null }],
  })

  const { id } = await journey.customer.place(poster(3))
  const jobId = await jobOnPage(id)
  // Nothing is printed that nobody took.
  expect(await readdir(join(machine, 'hot'))).not.toContain(jobId)
  await press(jobId, 'accept')
  await until(id, 'the facility accepts', (order) => itemOf(order).status === 'accepted')
  const hot = async () => (await readdir(join(machine, 'hot'))).find((name) => name === jobId)
  const folder = join(machine, 'hot', await eventually('the job is in the hot folder', hot))
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['job-sheet.pdf', 'sheet.pdf', 'ticket.json']))
  // The press puts it there when it is through.
  await mkdir(join(machine, 'hot', 'done'), { recursive: true })
  await rename(folder, join(machine, 'hot', 'done', jobId))
  await until(id, 'done says printed', (order) => itemOf(order).status === 'printed')
  await press(jobId, 'step', { step: 'packed' })
  // Queues may swap what follows at once, and packed says nothing any more of what was shipped.
  await until(id, 'it is packed', (order) => itemOf(order).status === 'packed')
  const parcels = [
    { carrier: 'PostNL', number: '3SPARCEL1', quantity: 2 },
    { carrier: 'PostNL', number: '3SPARCEL2', quantity: 1 },
  ]
  await press(jobId, 'ship', { parcels })
  const shipped = await until(
    id,
    'both parcels are known',
    ({ stage, shipments }) => stage === 'shipped' && shipments.length === 2,
  )
  expect(shipped.shipments.map(({ tracking_number, quantity }) => [tracking_number, quantity]).toSorted()).toEqual([
    ['3SPARCEL1', 2],
    ['3SPARCEL2', 1],
  ])
  // The carrier's word comes from the shop's own system.
  await writeFile(join(machine, 'status', '1.tmp'), JSON.stringify({ jobId, status: 'delivered' }))
  await rename(join(machine, 'status', '1.tmp'), join(machine, 'status', '1.json'))
  await until(id, 'the order is delivered', ({ stage }) => stage === 'delivered')
  const types = (await journey.customer.events(id)).map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['item.accepted', 'item.printed', 'item.packed', 'order.delivered']))
  expect(types).not.toContain('item.impossible')
})

test('what it rejects is made elsewhere, once, with a cover drawn for the other paper', async () => {
  const bytes = await pdf(a5(160))
  const interior = await journey.customer.upload({ filename: 'book.pdf', type: 'application/pdf', bytes })
  const book = { sku: 'softcover-a5', quantity: 1, title: 'Over the Bridge', pages: 160, files: { interior } }
  const { id } = await journey.customer.place(orderFor(recipients.NL, [book]))
  const jobId = await jobOnPage(id)
  const before = await journey.customer.order(id)
  await press(jobId, 'end', { how: 'reject', cause: 'out_of_stock_media: the cream offset comes on Monday' })
  const { shipments, charges, items } = await journey.customer.delivery(id)
  const [item] = items
  expect(item).toMatchObject({
    facility_id: leipzig,
    earlier: [{ facility_id: utrecht, job_id: jobId, cause: 'out_of_stock_media' }],
  })
  expect([shipments.length, shipments[0]?.facility_id, charges]).toEqual([1, leipzig, before.charges])
  // 80 leaves of 112.5 µm there, of 135 µm and two of 300 µm of cover here.
  const coverOf = (order: Pick<Order, 'items'>) =>
    order.items[0]?.print_files.find(({ component }) => component === 'cover')
  const [old, redrawn] = [coverOf(before), coverOf({ items })]
  expect((redrawn?.sheet_width_mm ?? 0) - (old?.sheet_width_mm ?? 0)).toBeGreaterThan(1)
  expect(redrawn?.sha256).not.toBe(old?.sha256)
  expect((await journey.tickets()).find(({ orderId }) => orderId === id)).toMatchObject({
    ...{ facilityId: leipzig, jobId: item?.job_id },
    files: expect.arrayContaining([
      expect.objectContaining({ component: 'cover', sheetWidthMm: redrawn?.sheet_width_mm }),
    ]),
  })
  expect(await readdir(join(machine, 'hot'))).not.toContain(jobId)
})

test('a drained facility keeps what it has, loses what nobody took, and gets nothing new', async () => {
  const kept = await journey.customer.place(poster(1))
  const keptJob = await jobOnPage(kept.id)
  await press(keptJob, 'accept')
  await until(kept.id, 'the facility accepts', (order) => itemOf(order).status === 'accepted')
  await stopClient()
  const waiting = await journey.customer.place(poster(1))
  await until(waiting.id, 'it waits for a client', (order) => itemOf(order).status === 'queued')
  await operator('facility', 'drain', utrecht)
  const moved = await journey.customer.delivery(waiting.id)
  expect(itemOf(moved)).toMatchObject({
    facility_id: leipzig,
    earlier: [{ facility_id: utrecht, cause: 'facility_draining' }],
  })
  await eventually('every process knows of it', async () => ((await quotedAt()) === leipzig ? true : undefined))
  const fresh = await journey.customer.place(poster(2))
  expect(itemOf(await journey.customer.delivery(fresh.id))).toMatchObject({ facility_id: leipzig })
  const { candidates } = await journey.customer.read(OrderRouting, `/v1/orders/${fresh.id}/routing`)
  expect(candidates.find(({ facility_id }) => facility_id === utrecht)).toMatchObject({
    chosen: false,
    reason: 'is draining',
  })
  // It comes back, finds the ticket of a job that is not its own any more, and finishes what it has.
  await startClient()
  await press(keptJob, 'step', { step: 'printed' })
  await press(keptJob, 'ship', { parcels: [{ carrier: 'PostNL', number: '3SPARCEL3', quantity: 1 }] })
  expect(itemOf(await journey.customer.arrival(kept.id))).toMatchObject({ facility_id: utrecht, status: 'shipped' })
  const lost = itemOf(moved).earlier?.[0]?.job_id ?? ''
  expect(await readdir(join(machine, 'hot'))).not.toContain(lost)
})
