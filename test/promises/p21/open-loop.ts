import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { parse } from '#contracts/parse.ts'
import { posterOrder } from '../../../bench/orders/poster-order.ts'
import type { OpenLoad } from './open-load.ts'
import { openRawRequests, type RawRequests } from './raw-requests.ts'

/** Orders that come whether or not the earlier ones were answered, as from a world of callers who know nothing of each other. */
const { API_URL, SECRET_KEY, FILE_ID } = readConfig(
  Type.Object({
    API_URL: Type.String({ description: 'order-api itself' }),
    SECRET_KEY: Type.String({ description: 'sk_test_…' }),
    FILE_ID: Type.String({ description: 'an uploaded file of that account' }),
  }),
)
const Wanted = Type.Object({ perSecond: Type.Number(), seconds: Type.Number() })
const everyMilliseconds = 4
/** Until then it fills up; what lasts is counted. */
const settledAfterSeconds = 1
/**
 * Kept as a load balancer keeps them, and eight times as many as are served at once. (Node takes one new connection in each turn
 * of its loop: thousands that come in the same second wait in the kernel, where nobody can be told anything.)
 */
const connections = 512
const body = JSON.stringify(posterOrder(FILE_ID))
const beforeKey = [
  'POST /v1/orders HTTP/1.1',
  `host: ${new URL(API_URL).host}`,
  `authorization: Bearer ${SECRET_KEY}`,
  'content-type: application/json',
  `content-length: ${Buffer.byteLength(body)}`,
  'idempotency-key: ',
].join('\r\n')
const afterKey = `\r\n\r\n${body}`

process.once('disconnect', () => process.exit())
process.on('message', (message) => {
  void load(parse('load', Wanted, message)).then((result) => process.send?.(result))
})
process.send?.('ready')

async function load({
  perSecond,
  seconds,
}: {
  readonly perSecond: number
  readonly seconds: number
}): Promise<OpenLoad> {
  // Opened only now: the API ends connections on which nothing comes for ten seconds.
  const requests = await openRawRequests(API_URL, connections)
  const counts = new Map<string, number>()
  const acceptedIds: string[] = []
  const latenciesMs: number[] = []
  const under: Promise<void>[] = []
  const beganAt = performance.now()
  let acceptedInTime = 0
  const one = async (): Promise<void> => {
    const sentAt = performance.now()
    const { what, id } = await post(requests)
    counts.set(what, (counts.get(what) ?? 0) + 1)
    if (id === undefined) return
    acceptedIds.push(id)
    latenciesMs.push(performance.now() - sentAt)
    const atSeconds = (performance.now() - beganAt) / 1000
    if (atSeconds >= settledAfterSeconds && atSeconds <= seconds) acceptedInTime += 1
  }
  let sent = 0
  while (performance.now() - beganAt < seconds * 1000) {
    const due = Math.floor(((performance.now() - beganAt) / 1000) * perSecond)
    for (; sent < due; sent += 1) under.push(one())
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds))
  }
  await Promise.all(under)
  requests.close()
  const perSecondAccepted = acceptedInTime / (seconds - settledAfterSeconds)
  return { sent, counts: Object.fromEntries(counts), acceptedIds, perSecondAccepted, latenciesMs }
}

/** `what`: the status, and what is missing from a refusal that should say when to come again. */
async function post(requests: RawRequests): Promise<{ readonly what: string; readonly id?: string }> {
  try {
    const { status, head, body: text } = await requests.send(`${beforeKey}${randomUUID()}${afterKey}`)
    const id = status === 201 ? /"id":"(ord_[^"]+)"/.exec(text)?.[1] : undefined
    if (id !== undefined) return { what: '201', id }
    const code = /"code":"(\w+)"/.exec(text)?.[1] ?? 'no code'
    return { what: `${status} ${code}${/\r\nretry-after: \d/i.test(head) ? '' : ' without Retry-After'}` }
  } catch (error) {
    return { what: `no answer: ${error instanceof Error ? error.message : error}` }
  }
}
