import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../../local/samples/random.ts'
import { type ApiUnderTest, startApi } from '../../loopback/order-api/platform.ts'
import { type OrderPlatform, withOrderPlatform } from '../order-platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { orderBodies } from './order-bodies.ts'
import { createPoster, type Poster } from './same-answer.ts'

const keys = 1000
const twins = 5
const keysAtOnce = 10
const kills = 12
const latestKillMilliseconds = 400
const killsInARow = 4
const recoveryMilliseconds = 10_500
const keptDays = 30
const keysKept = 100

type Known = { readonly key: string; readonly body: object; readonly text: string }

/** P02: an order is placed once, however often and whenever it is sent. */
export const oneOrderAKey: ProductPromise = {
  id: 'P02',
  guarantee: `One order an Idempotency-Key for ever: ${keys} keys × ${twins} at once while order-api is killed, and ${keptDays} days later; the same bytes each time, 422 for another body, 400 without a key.`,
  run: async (context: PromiseContext) => {
    const { seed, signal, tell } = context
    const faults: string[] = []
    const bodies = orderBodies(seed, keys)
    const figures = await withOrderPlatform(signal, (platform) => underKills(platform, bodies, faults, context))
    tell(`P02: ${keptDays} days later`)
    const later = await afterDays(bodies.slice(0, keysKept), faults)
    return { figure: `${figures}, ${later}`, faults }
  },
}

async function underKills(
  { platform, apiUrl, secretKey, allOrderIds }: OrderPlatform,
  bodies: readonly object[],
  faults: string[],
  { seed, tell, signal }: PromiseContext,
): Promise<string> {
  const poster = createPoster(apiUrl, secretKey)
  const random = seededRandom(seed)
  const perKill = Math.ceil(bodies.length / kills)
  const known: Known[] = []
  let tries = 0
  for (let kill = 0; kill < kills; kill += 1) {
    signal.throwIfAborted()
    tell(`P02: ${kill} kills`)
    const first = kill * perKill
    const batch = bodies.slice(first, first + perKill).map((body, index) => ({ key: `p02-${first + index}`, body }))
    const sending = inTurns(batch, keysAtOnce, async ({ key, body }) => {
      const found = await twinsOf(poster, key, body, faults)
      tries += found.tries
      known.push({ key, body, text: found.text })
    })
    await wait(random() * latestKillMilliseconds)
    platform.kill('order-api', 'SIGKILL')
    await sending
    // The supervisor waits longer before each restart, until the process has lived for ten seconds.
    if (kill % killsInARow === killsInARow - 1) await wait(recoveryMilliseconds)
  }
  await refusals(poster, known, faults)
  const orders = (await allOrderIds()).size
  if (orders !== bodies.length) faults.push(`${bodies.length} keys made ${orders} orders`)
  await poster.close()
  return `${bodies.length} keys × ${twins}, ${kills} kills, ${tries} requests: ${orders} orders`
}

async function inTurns<T>(all: readonly T[], atOnce: number, work: (each: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const worker = async (): Promise<void> => {
    for (let each = left.shift(); each !== undefined; each = left.shift()) await work(each)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Five at the same moment: one answer, and at most one of them is not a replay. */
async function twinsOf(poster: Poster, key: string, body: object, faults: string[]) {
  const answers = await Promise.all(Array.from({ length: twins }, () => poster.post(body, key)))
  const texts = new Set(answers.map(({ text }) => text))
  const [text = ''] = texts
  const wrong = answers.filter(({ status }) => status !== 201)
  if (wrong.length > 0) faults.push(`${key}: ${wrong[0]?.status} ${wrong[0]?.text.slice(0, 200)}`)
  if (texts.size !== 1) faults.push(`${key}: ${texts.size} different answers`)
  const firsts = answers.filter(({ isReplayed }) => !isReplayed).length
  if (firsts > 1) faults.push(`${key}: ${firsts} answers say that they are the first`)
  return { text, tries: answers.reduce((sum, { tries }) => sum + tries, 0) }
}

async function refusals(poster: Poster, known: readonly Known[], faults: string[]): Promise<void> {
  for (const { key, body, text } of known) {
    const again = await poster.post(body, key)
    if (again.text !== text || !again.isReplayed) faults.push(`${key}: another answer in the end`)
  }
  for (const { key, body } of known.slice(0, keysKept)) {
    const other = await poster.post({ ...body, metadata: { other: 'body' } }, key)
    if (other.status !== 422 || !other.text.includes('idempotency_key_reused')) faults.push(`${key}: ${other.status}`)
    const missing = await poster.post(body, undefined)
    if (missing.status !== 400 || !missing.text.includes('idempotency_key_missing'))
      faults.push(`no key: ${missing.status}`)
  }
}

/** With a clock that can be moved: keys are not forgotten. */
async function afterDays(bodies: readonly object[], faults: string[]): Promise<string> {
  const api: ApiUnderTest = await startApi()
  const poster = createPoster(api.url, api.secretKey)
  try {
    const began = new Date()
    const first = new Map<number, string>()
    let replays = 0
    for (const day of [0, 1, keptDays]) {
      api.clock.now = new Date(began.getTime() + day * 24 * 3600_000)
      for (const [index, body] of bodies.entries()) {
        const { status, text, isReplayed } = await poster.post(body, `day-${index}`)
        const expected = first.get(index) ?? text
        first.set(index, expected)
        if (status !== 201 || text !== expected || isReplayed !== day > 0)
          faults.push(`day ${day}, key ${index}: ${status}`)
        if (isReplayed) replays += 1
      }
    }
    return `${replays} replays to day ${keptDays} the same`
  } finally {
    await poster.close()
    await api.close()
  }
}
