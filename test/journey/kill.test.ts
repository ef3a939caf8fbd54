import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OrderList } from '#contracts/order-api/order-lists.ts'
import { localFacilities } from '../../local/facilities.ts'
import { printClientName } from '../../local/platform/processes.ts'
import { posterJpeg } from '../fixtures/journey/pictures.ts'
import { eventually } from './eventually.ts'
import { type Journey, neverDelivered, startJourney } from './journey.ts'
import { journeySeed, seededRandom } from './random.ts'
import { orderFor, recipients } from './recipients.ts'

const services = [
  'order-api',
  'order-worker',
  'processor',
  ...localFacilities.map(({ id }) => printClientName(id)),
  'simulated-shop',
]
const cloudParts = ['data-api', 'postgres', 'object-store']
/** First, before a slow machine has a backlog: tickets that were lost after many rings are rung again very late. */
const processes = ['queue', ...services, ...cloudParts]
const ordersAStream = 6
/** The kill comes within this time after the first order of a stream was sent. */
const killWithinMilliseconds = 1500
/** A bound, not a measure: a busy machine may need minutes for what takes a quiet one 30 s. */
const arrivalSeconds = 300

/** What this client sent and was answered, and nothing that the system says of itself. */
type Ledger = { readonly key: string; readonly orderId: string }[]

let journey: Journey
let image: string
const ledger: Ledger = []
const countries = ['NL', 'DE', 'US'] as const

beforeAll(async () => {
  journey = await startJourney({
    ticketPatienceSeconds: 5,
    shopStepMilliseconds: 150,
    shopDeliverySteps: neverDelivered,
  })
  const bytes = await posterJpeg()
  image = await journey.customer.upload({ filename: 'poster.jpg', type: 'image/jpeg', bytes })
}, 90_000)

afterAll(() => journey?.end(), 60_000)

/** Orders that are placed side by side, each by a client that repeats itself with the same key until it has its answer. */
async function placeStream(): Promise<Ledger> {
  const placing = Array.from({ length: ordersAStream }, async (_, index) => {
    const key = randomUUID()
    // They come one after the other, so that the kill finds them at every stage.
    await pause((index * killWithinMilliseconds) / ordersAStream)
    const recipient = recipients[countries[index % countries.length] ?? 'NL']
    const { id } = await journey.customer.place(
      orderFor(recipient, [{ sku: 'poster-a2', quantity: 1, files: { image } }]),
      key,
    )
    return { key, orderId: id }
  })
  return Promise.all(placing)
}

/** Kills and waits until the supervisor has started the process again. */
async function kill(name: string, afterMilliseconds: number): Promise<void> {
  await pause(afterMilliseconds)
  const platform = journey.platform()
  const before = platform.restarts(name)
  platform.kill(name, 'SIGKILL')
  await eventually(`${name} is ready again`, async () =>
    platform.restarts(name) > before && platform.isReady(name) ? true : undefined,
  )
}

/** One kill at a time; what it leaves behind is sorted out while the next one comes. */
let turn: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}

describe.concurrent(`kill -9 while orders come in (JOURNEY_SEED=${journeySeed})`, () => {
  const random = seededRandom(journeySeed)
  test.each(
    processes.map((name) => ({
      name,
      afterMilliseconds: Math.round(random() * killWithinMilliseconds),
    })),
  )(
    'of $name, $afterMilliseconds ms after the first: every order that was taken is shipped',
    async ({ name, afterMilliseconds }) => {
      const stream = await inTurn(async () => {
        const [placed] = await Promise.all([placeStream(), kill(name, afterMilliseconds)])
        return placed
      })
      ledger.push(...stream)
      for (const { orderId } of stream) {
        const order = await journey.customer.arrival(orderId, arrivalSeconds)
        expect(order.stage).toBe('shipped')
        expect(order.items.map(({ status }) => status)).toEqual(['shipped'])
        expect(order.shipments).toHaveLength(1)
      }
    },
    450_000,
  )
})

describe('after all those kills', () => {
  test('there is exactly one order a key: none was lost, none was doubled', async () => {
    const orders = await allOrders()
    expect(ledger).toHaveLength(ordersAStream * processes.length)
    expect(orders.map(({ id }) => id).sort()).toEqual(ledger.map(({ orderId }) => orderId).sort())
  })

  test('there is exactly one job folder an item, over all hot folders', async () => {
    const orders = await allOrders()
    const tickets = await journey.tickets()
    const items = orders.flatMap((order) => order.items.map(({ id }) => id))
    expect(tickets.map(({ itemId }) => itemId).sort()).toEqual(items.sort())
  })
})

async function allOrders() {
  const orders = []
  let cursor = ''
  for (;;) {
    const page = await journey.customer.read(OrderList, `/v1/orders?limit=100${cursor}`)
    orders.push(...page.data)
    if (page.next === null) return orders
    cursor = `&cursor=${page.next}`
  }
}
