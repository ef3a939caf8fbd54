import { Pool } from 'undici'
import type { Issue } from '#contracts/parse.ts'
import { seededRandom } from '../../../local/samples/random.ts'
import { type DocumentedOperation, readDocumented, undocumented } from '../../loopback/order-api/documented.ts'
import { type ApiUnderTest, startApi } from '../../loopback/order-api/platform.ts'
import type { ProductPromise, PromiseContext } from '../promise.ts'
import { type Found, type Fuzzed, makeRequest } from './make-request.ts'
import { pick } from './schema-values.ts'

const requests = 20_000
const atOnce = 16
const mostIds = 3000

/** P22: whatever is sent, the API answers as it says it does. */
export const fuzz: ProductPromise = {
  id: 'P22',
  guarantee: `${requests} requests made from the OpenAPI document, most of them wrong: no 5xx, every answer as documented, every error problem+json with a documented code.`,
  run: async (context) => {
    const api = await startApi()
    try {
      return await run(api, context)
    } finally {
      await api.close()
    }
  },
}

type Tally = {
  readonly byStatus: Map<number, number>
  readonly byOperation: Map<string, number>
  readonly faults: Map<string, string>
}

async function run(api: ApiUnderTest, { seed, tell, signal }: PromiseContext) {
  const { operations } = await readDocumented(api.url)
  const ids: string[] = []
  const ours = await keyIdsOf(api)
  const found: Found = {
    ids,
    keys: [
      ...Array.from({ length: 12 }, () => api.secretKey),
      ...[api.liveSecretKey, api.liveSecretKey, api.publishableKey, api.checkoutTestKey, api.checkoutLiveKey],
    ],
  }
  const pool = new Pool(api.url, { connections: atOnce, pipelining: 1 })
  const tally: Tally = { byStatus: new Map(), byOperation: new Map(), faults: new Map() }
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < requests && !signal.aborted) {
      const index = next
      next += 1
      // Each request by a seed of its own: one that fails can be sent again alone.
      const random = seededRandom(seed + index)
      const operation = pick(operations, random)
      if (!operation) continue
      const request = makeRequest(operation, found, random)
      const { answer, issues } = await send(pool, operation, request)
      count(tally, operation.name, answer.status)
      if (issues.length > 0) keepFault(tally, `seed ${seed + index}: ${operation.name}`, request, answer, issues)
      remember(ids, answer.text, ours)
      if (index % 500 === 0) tell(`P22: ${index} of ${requests}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await pool.destroy()
  return verdictOf(tally, operations)
}

type Answer = { readonly status: number; readonly text: string }

async function send(pool: Pool, operation: DocumentedOperation, { method, path, headers, body }: Fuzzed) {
  const response = await pool
    .request({ method: method === 'GET' ? 'GET' : method, path, headers, body: body ?? null })
    .catch((error: unknown) => String(error))
  if (typeof response === 'string') {
    const issue: Issue = { pointer: '', detail: `no answer: ${response}` }
    return { answer: { status: 0, text: '' }, issues: [issue] }
  }
  const text = await response.body.text()
  const answer: Answer = { status: response.statusCode, text }
  const contentType = String(response.headers['content-type'] ?? '')
  const id = response.headers['x-request-id']
  const nameless: readonly Issue[] = id === undefined ? [{ pointer: '', detail: 'no X-Request-Id' }] : []
  return { answer, issues: [...nameless, ...issuesOfAnswer(operation, answer, contentType)] }
}

function issuesOfAnswer(
  operation: DocumentedOperation,
  { status, text }: Answer,
  contentType: string,
): readonly Issue[] {
  if (status >= 500) return [{ pointer: '', detail: `${status} ${text.slice(0, 300)}` }]
  if (status === 304) return text === '' ? [] : [{ pointer: '', detail: '304 with a body' }]
  const json: unknown = text === '' ? undefined : JSON.parse(text)
  return undocumented(operation, { status, contentType, json }).slice(0, 3)
}

function count({ byStatus, byOperation }: Tally, name: string, status: number): void {
  byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
  if (status >= 200 && status < 400) byOperation.set(name, (byOperation.get(name) ?? 0) + 1)
}

/** One of each kind: a thousand like it say nothing more. */
function keepFault({ faults }: Tally, where: string, request: Fuzzed, answer: Answer, issues: readonly Issue[]): void {
  const what = issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')
  const kind = `${where.replace(/seed \d+: /, '')} ${answer.status} ${what.replace(/[0-9a-z]{20,}|\d+/g, '#').slice(0, 120)}`
  if (faults.has(kind)) return
  const sent = `${request.method} ${request.path.slice(0, 200)} ${request.body?.toString('utf8').slice(0, 300) ?? ''}`
  faults.set(kind, `${where}: ${answer.status} ${what.slice(0, 400)}\n        ${sent}`)
}

/** Ids of what was made, so that later requests meet things that exist. */
function remember(ids: string[], text: string, ours: ReadonlySet<string>): void {
  if (ids.length >= mostIds) return
  for (const [id] of text.matchAll(/\b(?:ord|itm|fil|pfl|whk|dlv|key|mem)_[0-9a-z]{26}\b/g))
    if (!ours.has(id)) ids.push(id)
}

/** The keys that the requests are made with: whoever revokes them has nothing more to say. */
async function keyIdsOf({ url, secretKey, liveSecretKey }: ApiUnderTest): Promise<ReadonlySet<string>> {
  const listed = [secretKey, liveSecretKey].map(async (key) => {
    const response = await fetch(`${url}/v1/api_keys?limit=100`, { headers: { authorization: `Bearer ${key}` } })
    return response.text()
  })
  const text = (await Promise.all(listed)).join(' ')
  return new Set([...text.matchAll(/\bkey_[0-9a-z]{26}\b/g)].map(([id]) => id))
}

function verdictOf({ byStatus, byOperation, faults }: Tally, operations: readonly DocumentedOperation[]) {
  const sum = [...byStatus.values()].reduce((total, each) => total + each, 0)
  const bad = [...byStatus]
    .filter(([status]) => status >= 500 || status === 0)
    .reduce((total, [, each]) => total + each, 0)
  const statuses = [...byStatus].sort(([a], [b]) => a - b).map(([status, each]) => `${status}: ${each}`)
  const reached = byOperation.size
  const figure = `${sum} requests to ${operations.length} operations (${reached} with success), ${bad} × 5xx, ${faults.size} kinds of answers not as documented (${statuses.join(', ')})`
  return { figure, faults: [...faults.values()] }
}
