import { setTimeout as wait } from 'node:timers/promises'
import { Type } from 'typebox'
import { AccountEventList } from '#contracts/order-api/event.ts'
import { parse } from '#contracts/parse.ts'
import { seededRandom } from '../../../local/samples/random.ts'
import { callerOf, fresh, posterByUrl } from '../../loopback/order-api/client.ts'
import { type ApiUnderTest, startApi } from '../../loopback/order-api/platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { type Endpoint, startVerifyingReceiver, type VerifyingReceiver } from './verifying-receiver.ts'
import { startWorkers, type Workers } from './workers.ts'

const downHours = 72
const allHours = 104
/** Each makes two events. */
const ordersAnHour = (hour: number): number => (hour < downHours ? 6 : 3)
/** Each endpoint's secret is rotated in one hour, and its receiver gets the new one hours later. */
const rotations = { a: { at: 74, knownAt: 90 }, b: { at: 30, knownAt: 40 } } as const
const killEveryHours = 6
/** The clock stops at the hour and, during the outage and after kills, where the first retries are due. */
const stopsMilliseconds = (hour: number) => (hour < downHours + 4 ? [0, 10_000, 400_000, 2_400_000] : [0, 400_000])
const hourMilliseconds = 3_600_000
/** Until then a killed worker's deliveries stay in its dead hand. */
const leaseEndsMilliseconds = 60_000

/** P18: what happened is told, whatever becomes of the receiver, of its secret and of our workers. */
export const webhooksArrive: ProductPromise = {
  id: 'P18',
  guarantee: `Every event arrives: an endpoint that was down for ${downHours} h gets all of them under constant ids, signed so that the npm package standardwebhooks verifies them before, during and after a rotation of the secret; the sequence is complete, 410 disables, workers may die.`,
  run: async (context: PromiseContext) => {
    let now = new Date()
    const receiver = await startVerifyingReceiver(() => now)
    const api = await startApi({ allowedWebhookOrigins: [receiver.origin] })
    const workers = await startWorkers(2, [api.dataApiUrl, api.masterKeys, receiver.origin], now)
    const moveTo = (time: Date): void => {
      now = time
      api.clock.now = time
      workers.moveTo(time)
    }
    try {
      return await underWay({ api, receiver, workers, moveTo, startsAt: now, waiting: new Map(), ...context })
    } finally {
      await workers.close()
      await api.close()
      await receiver.close()
    }
  },
}

type World = PromiseContext & {
  readonly api: ApiUnderTest
  readonly receiver: VerifyingReceiver
  readonly workers: Workers
  readonly moveTo: (time: Date) => void
  readonly startsAt: Date
  /** New secrets that their receivers do not know yet. */
  readonly waiting: Map<'a' | 'b', string>
}

async function underWay(world: World) {
  const { api, receiver, workers, moveTo, startsAt, tell, signal } = world
  const random = seededRandom(world.seed)
  const faults: string[] = []
  const ids = { a: await endpointAt(world, 'a', ['*']), b: await endpointAt(world, 'b', ['*']) }
  const goneId = await endpointAt(world, 'gone', ['order.created'])
  const [a, b] = [receiver.endpoint('a'), receiver.endpoint('b')]
  // Both are there from here on: what came before went to whoever was there.
  await quiet(api, false)
  const from = (await logAfter(api, 0)).length
  const events: Events = []
  let kills = 0
  for (let hour = 0; hour < allHours; hour += 1) {
    signal.throwIfAborted()
    tell(`P18: hour ${hour} of ${allHours}, ${b.takenAt.size} events`)
    const startOfHour = startsAt.getTime() + hour * hourMilliseconds
    moveTo(new Date(startOfHour))
    a.isDown = hour < downHours
    const tellNewSecrets = await rotatedIn(world, ids, hour)
    await makeEvents(api, ordersAnHour(hour))
    const isKilled = hour % killEveryHours === 1
    if (isKilled) {
      await wait(random() * 60)
      await workers.killOne(kills)
      kills += 1
    }
    for (const after of stopsMilliseconds(hour)) {
      moveTo(new Date(startOfHour + after))
      await quiet(api, isKilled && after < leaseEndsMilliseconds)
      // The secret that a receiver knows changes between two deliveries, as a deploy does.
      tellNewSecrets()
    }
    events.push(...(await logAfter(api, from + events.length)))
    const behind = missing(events, b)
    if (behind > 0) faults.push(`hour ${hour}: the endpoint that was up lacked ${behind} events`)
  }
  return verdict(world, { events, from, faults, kills, goneId, a, b })
}

/** New secrets are made in their hour; the receivers learn them in theirs. */
async function rotatedIn({ api, receiver, waiting }: World, ids: Readonly<Record<'a' | 'b', string>>, hour: number) {
  const call = callerOf(api)
  for (const name of ['a', 'b'] as const) {
    if (rotations[name].at !== hour) continue
    const { json } = await call('POST', `/v1/webhooks/${ids[name]}/rotate_secret`)
    waiting.set(name, String(json.secret))
  }
  return (): void => {
    for (const name of ['a', 'b'] as const) {
      if (rotations[name].knownAt === hour) receiver.endpoint(name).secret = waiting.get(name) ?? ''
    }
  }
}

async function endpointAt({ api, receiver }: World, name: 'a' | 'b' | 'gone', event_types: readonly string[]) {
  const body = { url: `${receiver.origin}/${name}`, event_types }
  const { status, json, text } = await callerOf(api)('POST', '/v1/webhooks', { body })
  if (status !== 201) throw new Error(`The endpoint was not made: ${text}`)
  receiver.endpoint(name).secret = json.secret
  return String(json.id)
}

async function makeEvents(api: ApiUnderTest, orders: number): Promise<void> {
  const call = callerOf(api)
  const one = async (): Promise<void> => {
    const placed = await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl() })
    const held = await call('POST', `/v1/orders/${placed.json.id}/hold`)
    if (held.status !== 200) throw new Error(`An order was not placed and held: ${placed.text} ${held.text}`)
  }
  await Promise.all(Array.from({ length: orders }, one))
}

const Left = Type.Object({ unnumbered: Type.Integer(), due: Type.Integer(), inHand: Type.Integer() })
const leftSql = `select jsonb_build_object(
  'unnumbered', (select count(*) from events where account_sequence is null),
  'due', (select count(*) from webhook_deliveries d join webhooks w using (account_id, is_test) where w.id = d.webhook_id and w.enabled
    and d.state = 'pending' and d.next_at <= :now::timestamptz),
  'inHand', (select count(*) from webhook_deliveries where lease is not null and next_at > :now::timestamptz)) as row`

/** Until nothing is left to do at this time; what a dead worker has in hand, and what waits behind that, is not waited for. */
async function quiet({ database, context }: ApiUnderTest, isWithDead: boolean): Promise<void> {
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline) {
    const [left] = await database.rows(Left, leftSql, { now: context.now().toISOString() })
    if (left && left.unnumbered + (isWithDead ? 0 : left.due + left.inHand) === 0) return
    await wait(20)
  }
  throw new Error('The workers did not come to rest within a minute')
}

type Events = AccountEventList['data']

/** The log from a number on. */
async function logAfter(api: ApiUnderTest, from: number): Promise<Events> {
  const answer = await callerOf(api)('GET', `/v1/events?after=${from}&limit=1000`)
  const { data, next, has_more } = parse('events', AccountEventList, answer.json)
  return has_more ? [...data, ...(await logAfter(api, next))] : data
}

const missing = (events: Events, { takenAt }: Endpoint): number => events.filter(({ id }) => !takenAt.has(id)).length

type Ends = {
  readonly events: Events
  /** The number before the first of them. */
  readonly from: number
  readonly faults: string[]
  readonly kills: number
  readonly goneId: string
  readonly a: Endpoint
  readonly b: Endpoint
}

async function verdict({ api, receiver, startsAt }: World, { events, from, faults, kills, goneId, a, b }: Ends) {
  if (events.length < 1000) faults.push(`only ${events.length} events were made`)
  const holes = events.filter(({ sequence }, index) => sequence !== from + index + 1).length
  if (holes > 0) faults.push(`${holes} numbers of the log are out of order`)
  for (const endpoint of [a, b]) {
    const lost = missing(events, endpoint)
    if (lost > 0) faults.push(`${lost} events never arrived at the endpoint that was ${endpoint === a ? 'down' : 'up'}`)
    const sequences = new Set([...endpoint.bodies.values()].map((body) => JSON.parse(body).data.sequence))
    const unheard = events.filter(({ sequence }) => !sequences.has(sequence)).length
    if (unheard > 0) faults.push(`${unheard} numbers were never heard`)
    faults.push(...endpoint.faults)
  }
  const gone = (await callerOf(api)('GET', `/v1/webhooks/${goneId}`)).json
  const told = events.filter(({ type, data }) => type === 'webhook.disabled' && data.webhook_id === goneId).length
  if (gone.disabled_reason !== 'gone' || told !== 1)
    faults.push('410 did not disable its endpoint, once, with an event')
  const latest = Math.max(...[...a.takenAt.values()].map((at) => at.getTime()))
  const figures = [
    `${events.length} events, ${holes} holes`,
    `down ${downHours} h: ${events.length - missing(events, a)} arrived by hour ${Math.ceil((latest - startsAt.getTime()) / hourMilliseconds)}, ${a.attempts} attempts under constant ids`,
    `2 rotations, ${a.faults.length + b.faults.length} that did not verify`,
    `${kills} workers killed, ${a.takenAgain + b.takenAgain} events taken twice`,
    `410 disabled after ${receiver.endpoint('gone').attempts} attempts`,
  ]
  return { figure: figures.join('; '), faults }
}
