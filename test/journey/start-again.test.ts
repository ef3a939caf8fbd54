import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OrderList } from '#contracts/order-api/order-lists.ts'
import { posterJpeg } from '../fixtures/journey/pictures.ts'
import { arrived } from './customer.ts'
import { type Journey, startJourney } from './journey.ts'
import { orderFor, recipients } from './recipients.ts'

let journey: Journey
let image: string

beforeAll(async () => {
  journey = await startJourney({ ticketPatienceSeconds: 2 })
  const bytes = await posterJpeg()
  image = await journey.customer.upload({ filename: 'poster.jpg', type: 'image/jpeg', bytes })
}, 90_000)

afterAll(() => journey?.end(), 60_000)

const poster = () => orderFor(recipients.NL, [{ sku: 'poster-a2', quantity: 1, files: { image } }])

test('a platform that is stopped and started on the same folder knows its orders, keys and files', async () => {
  const { customer } = journey
  const key = randomUUID()
  const placed = await customer.place(poster(), key)
  const before = await customer.delivery(placed.id)
  const { secretKey, publishableKey, hotFolders } = journey.platform().local
  await journey.startAgain()
  expect(journey.platform().local).toMatchObject({ secretKey, publishableKey, hotFolders })
  // When its files go is decided by a sweep, perhaps after it was delivered.
  expect(await customer.order(placed.id)).toMatchObject(before)
  expect((await customer.place(poster(), key)).id).toBe(placed.id)
  for (const link of ['print-file', 'preview', 'preflight-report', 'receipt'])
    expect((await customer.fetchLink(before, before.items[0]?.id ?? '', link)).status).toBe(200)
  expect((await customer.delivery((await customer.place(poster())).id)).stage).toBe('delivered')
}, 120_000)

test('orders that were under way when it stopped, at every stage, arrive after the start, once', async () => {
  const { customer } = journey
  const placed = []
  for (let count = 0; count < 8; count += 1) placed.push(await customer.place(poster()))
  // The first is at the shop by now, the last has only been written down.
  await customer.arrival(placed[0]?.id ?? '')
  placed.push(await customer.place(poster()))
  await journey.startAgain()
  for (const { id } of placed) expect(arrived).toContain((await customer.arrival(id)).stage)
  const tickets = await journey.tickets()
  const { data } = await customer.read(OrderList, '/v1/orders?limit=100')
  expect(tickets.map(({ orderId }) => orderId).sort()).toEqual(data.map(({ id }) => id).sort())
}, 120_000)
