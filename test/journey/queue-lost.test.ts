import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Order, OrderItem } from '#contracts/order-api/order.ts'
import { localFacilities } from '../../local/facilities.ts'
import { addressesFrom } from '../../local/platform/addresses.ts'
import { queues, queueUrl } from '../../local/platform/cloud-environment.ts'
import { printClientName } from '../../local/platform/processes.ts'
import { posterJpeg } from '../fixtures/journey/pictures.ts'
import { eventually } from './eventually.ts'
import { type Journey, neverDelivered, startJourney } from './journey.ts'
import { orderFor, recipients } from './recipients.ts'

/** More than the two tickets that a reader may already hold in its long poll. */
const ordersWaiting = 5
const printClients = localFacilities.map(({ id }) => printClientName(id))
const facilityQueues = localFacilities.map(({ id }) => `${queues.facilityPrefix}${id}`)

let journey: Journey
let image: string
let sqs: SQSClient

beforeAll(async () => {
  journey = await startJourney({ ticketPatienceSeconds: 2, shopDeliverySteps: neverDelivered })
  const bytes = await posterJpeg()
  image = await journey.customer.upload({ filename: 'poster.jpg', type: 'image/jpeg', bytes })
  sqs = new SQSClient({
    endpoint: addresses().url('queue'),
    region: 'eu-west-1',
    credentials: { accessKeyId: 'journey', secretAccessKey: 'journey' },
    useQueueUrlAsEndpoint: false,
  })
}, 90_000)

afterAll(async () => {
  sqs?.destroy()
  await journey?.end()
}, 60_000)

test('process tickets that are lost with the queue are rung again: every order is printed, once', async () => {
  stop(['processor'])
  const orders = await placeOrders()
  await messagesIn([queues.process], ordersWaiting)
  await loseTheQueue()
  goOn(['processor'])
  await expectAllPrintedOnce(orders)
}, 120_000)

test('production tickets that are lost with the queue are rung again: every order is printed, once', async () => {
  stop(printClients)
  const orders = await placeOrders()
  await reach(orders, 'queued')
  await messagesIn(facilityQueues, ordersWaiting)
  await loseTheQueue()
  goOn(printClients)
  await expectAllPrintedOnce(orders)
}, 120_000)

test('reports of the processor that are lost with the queue are made again: every order is printed, once', async () => {
  stop(['order-worker'])
  const orders = await placeOrders()
  // "started" and "ready" of each.
  await messagesIn([queues.status], 2 * ordersWaiting)
  await loseTheQueue()
  goOn(['order-worker'])
  await expectAllPrintedOnce(orders)
}, 120_000)

test('statuses of a facility that are lost with the queue are told again: every order is printed, once', async () => {
  stop(printClients)
  const orders = await placeOrders()
  await reach(orders, 'queued')
  stop(['order-worker'])
  goOn(printClients)
  // "accepted" to "shipped" of each.
  await messagesIn([queues.status], 5 * ordersWaiting)
  await loseTheQueue()
  goOn(['order-worker'])
  await expectAllPrintedOnce(orders)
}, 120_000)

const addresses = () => addressesFrom(Number(new URL(journey.platform().local.baseUrl).port))
const signal = (names: readonly string[], name: NodeJS.Signals) => {
  for (const each of names) journey.platform().kill(each, name)
}
const stop = (names: readonly string[]) => signal(names, 'SIGSTOP')
const goOn = (names: readonly string[]) => signal(names, 'SIGCONT')

async function placeOrders(): Promise<Order[]> {
  const wanted = Array.from({ length: ordersWaiting }, (_, index) => (['NL', 'DE', 'US'] as const)[index % 3] ?? 'NL')
  return Promise.all(
    wanted.map((country) =>
      journey.customer.place(orderFor(recipients[country], [{ sku: 'poster-a2', quantity: 1, files: { image } }])),
    ),
  )
}

/** Kills the queue service, waits for the new one, and makes sure that it knows nothing. */
async function loseTheQueue(): Promise<void> {
  const platform = journey.platform()
  const before = platform.restarts('queue')
  platform.kill('queue', 'SIGKILL')
  await eventually('the queue is back', async () =>
    platform.restarts('queue') > before && platform.isReady('queue') ? true : undefined,
  )
}

const reach = (orders: readonly Order[], status: OrderItem['status']) =>
  eventually(`all items are ${status}`, async () => {
    const seen = await Promise.all(orders.map(({ id }) => journey.customer.order(id)))
    return seen.every(({ items }) => items.every((item) => item.status === status)) ? true : undefined
  })

/** Waits until the queues together hold so many messages, in hand or not. */
const messagesIn = (names: readonly string[], count: number) =>
  eventually(`${count} messages in ${names.join(', ')}`, async () => {
    const counts = await Promise.all(names.map(messagesInOne))
    return counts.reduce((sum, each) => sum + each, 0) >= count ? true : undefined
  })

async function messagesInOne(name: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl(addresses(), name), AttributeNames: ['All'] }),
  )
  const { ApproximateNumberOfMessages = '0', ApproximateNumberOfMessagesNotVisible = '0' } = Attributes
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible)
}

async function expectAllPrintedOnce(orders: readonly Order[]): Promise<void> {
  for (const { id } of orders) expect((await journey.customer.arrival(id)).stage).toBe('shipped')
  const tickets = await journey.tickets()
  const items = orders.flatMap(({ items }) => items.map(({ id }) => id))
  const printed = tickets.map(({ itemId }) => itemId).filter((id) => items.includes(id))
  expect(printed.sort()).toEqual(items.sort())
}
