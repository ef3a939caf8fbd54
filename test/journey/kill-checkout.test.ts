import { setTimeout as pause } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '#contracts/parse.ts'
import { addressesFrom } from '../../local/platform/addresses.ts'
import { eventually } from './eventually.ts'
import { type Journey, startJourney } from './journey.ts'
import { moneyStanding } from './money-standing.ts'
import { habits, visit } from './paying-visitor.ts'
import { journeySeed, seededRandom } from './random.ts'

/** Whoever is killed. What makes and prints things is not needed here. */
const victims = ['button-checkout', 'checkout-worker', 'payments', 'document-store', 'order-api', 'order-worker']
const idle = ['processor', 'simulated-shop']
const leastKills = 2 * victims.length
const rounds = 6
const visitors = habits.length * rounds
/** One comes after the other, so that each kill finds some of them at every step. */
const betweenVisitorsMilliseconds = 400
const settleSeconds = 150

const Events = Type.Array(Type.Object({ id: Type.String() }))

let journey: Journey
let payments: string
let dynamo: DynamoDBClient
let publication: string
const random = seededRandom(journeySeed)

beforeAll(async () => {
  journey = await startJourney({ without: idle })
  const { baseUrl } = journey.platform().local
  const addresses = addressesFrom(Number(new URL(baseUrl).port))
  payments = addresses.url('payments')
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  dynamo = new DynamoDBClient({ endpoint: addresses.url('document-store'), region: 'eu-west-1', credentials })
  publication = await published(baseUrl)
}, 120_000)

afterAll(async () => {
  dynamo?.destroy()
  await journey?.end()
}, 60_000)

async function published(baseUrl: string): Promise<string> {
  const body = {
    ...{ title: 'Harbour Lights', currency: 'EUR', publish: true },
    content: { kind: 'url', url: 'https://example.com/harbour.jpg' },
    offers: [{ sku: 'poster-a3', margin: { amount: 300 } }],
  }
  const made = await journey.customer.send('/v1/publications', { key: `harbour-${journeySeed}`, body })
  const { id } = parse('publication', Type.Object({ id: Type.String() }), await made.json())
  await eventually('the publication is sold', async () => {
    const page = await fetch(`${baseUrl}/checkout?publication=${id}`)
    await page.arrayBuffer()
    return page.ok || undefined
  })
  return id
}

test(`customers who pay while everything is killed get one order or their money (JOURNEY_SEED=${journeySeed})`, async () => {
  const begun = performance.now()
  const { local } = journey.platform()
  const state = { isOver: false, kills: 0, webhooksAgain: 0 }
  const at = { shop: local.baseUrl, payments, publication }
  const visiting = Promise.all(
    Array.from({ length: visitors }, async (_, place) => {
      await pause(place * betweenVisitorsMilliseconds * (0.5 + random()))
      return visit(at, habits[place % habits.length] ?? 'returns', `visitor-${place}@example.com`)
    }),
  )
  const trouble = Promise.all([killAll(state), troubleWebhooks(state, local.baseUrl)])
  const visits = await visiting.finally(() => {
    state.isOver = true
  })
  await trouble
  const calm = performance.now()
  let seen = ''
  const end = await eventually(
    'nothing is owed to anybody',
    async () => {
      const found = await moneyStanding(journey, payments, dynamo, visits)
      seen = found.open.join('; ')
      return found.open.length === 0 ? found : undefined
    },
    { seconds: settleSeconds, seen: () => seen },
  )
  const seconds = (from: number) => Math.round((performance.now() - from) / 1000)
  expect(end.faults).toEqual([])
  expect(end.refunds).toBeGreaterThan(0)
  process.stdout.write(
    `checkout under kills: ${visits.length} visitors, ${state.kills} kills, ${state.webhooksAgain} webhooks again, ${end.charges} charges, ${end.orders} orders, ${end.refunds} refunds, ${end.invoices} invoices, ${end.notes} credit notes, ${end.mails} mails of which ${end.twice} twice; settled after ${seconds(calm)} s, ${seconds(begun)} s in all\n`,
  )
}, 400_000)

type Trouble = { isOver: boolean; kills: number; webhooksAgain: number }

/** One at a time, each at a moment of chance, each twice and on until the last visitor has left. */
async function killAll(state: Trouble): Promise<void> {
  const platform = journey.platform()
  while (!state.isOver || state.kills < leastKills) {
    await pause(200 + random() * 700)
    const name = victims[state.kills < victims.length ? state.kills : Math.floor(random() * victims.length)] ?? ''
    const before = platform.restarts(name)
    platform.kill(name, 'SIGKILL')
    state.kills += 1
    await eventually(`${name} is ready again`, async () =>
      platform.restarts(name) > before && platform.isReady(name) ? true : undefined,
    )
  }
}

/** They flow, are kept back, are lost for ever; and old ones come once more. */
async function troubleWebhooks(state: Trouble, shop: string): Promise<void> {
  const control = async (path: string, body?: object): Promise<unknown> => {
    const sent = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await fetch(`${payments}/control/${path}`, { ...sent }).catch(() => undefined)
    const text = await answer?.text().catch(() => '')
    return text ? JSON.parse(text) : undefined
  }
  const traffics = ['drop', 'flow', 'hold'] as const
  for (let turn = 0; !state.isOver; turn += 1) {
    await control('traffic', { traffic: traffics[turn % traffics.length] })
    await pause(1500)
    const events = await control('events')
    if (!Array.isArray(events)) continue
    const known = parse('events', Events, events)
    const event = known[Math.floor(random() * known.length)]
    if (!event) continue
    state.webhooksAgain += 1
    await control('deliver', { event: event.id, url: `${shop}/checkout/webhooks/stripe` })
  }
  await eventually('webhooks flow again', async () => {
    const answer = await fetch(`${payments}/control/traffic`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"traffic":"flow"}' },
    }).catch(() => undefined)
    return answer?.ok || undefined
  })
}
