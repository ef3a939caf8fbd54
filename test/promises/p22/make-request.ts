import type { DocumentedOperation } from '../../loopback/order-api/documented.ts'
import { hostileText, hostileValue, mutated } from './mutate.ts'
import { makeValue, pick } from './schema-values.ts'

export type Fuzzed = {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}
type Random = () => number

/** What is there to be found: ids of real things, and every example of the document. */
export type Found = { readonly ids: readonly string[]; readonly keys: readonly string[] }

const contentTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/xml',
  'a/b/c',
  '*/*',
]

/** One request of an operation: as it should be, or with one thing wrong, or with everything wrong. */
export function makeRequest(operation: DocumentedOperation, found: Found, random: Random): Fuzzed {
  const { method, parameters = [] } = operation
  const isWrong = random() < 0.7
  const of = (where: string) => parameters.filter((each) => each.in === where)
  let path = operation.path
  for (const { name, schema } of of('path')) {
    path = path.replace(`{${name}}`, encoded(pathValue(operation.path, name, schema, found, random, isWrong), random))
  }
  const query = of('query').flatMap(({ name, schema }) =>
    random() < 0.4 ? [`${name}=${encoded(textOf(schema, random, isWrong), random)}`] : [],
  )
  if (isWrong && random() < 0.1)
    query.push(`${encoded(hostileText(random), random)}=${encoded(hostileText(random), random)}`)
  return {
    method,
    path: `${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    ...messageOf(operation, found, random, isWrong),
  }
}

function messageOf(
  { requestBody, parameters = [] }: DocumentedOperation,
  found: Found,
  random: Random,
  isWrong: boolean,
) {
  const headers: Record<string, string> = { authorization: `Bearer ${pick(found.keys, random)}` }
  for (const { name } of parameters.filter((each) => each.in === 'header')) {
    if (random() < 0.95)
      headers[name] = headerText(isWrong ? hostileText(random) : `fuzz-${Math.floor(random() * 1e6)}`)
  }
  Object.assign(headers, oddHeaders(random, isWrong))
  const media = requestBody?.content['application/json']
  if (!media) return { headers, body: undefined }
  headers['content-type'] = (isWrong && random() < 0.05 && pick(contentTypes, random)) || 'application/json'
  const examples = Object.values(media.examples ?? {}).map(({ value }) => value)
  if (media.example !== undefined) examples.push(media.example)
  const base = random() < 0.5 && examples.length > 0 ? pick(examples, random) : makeValue(media.schema, random)
  return { headers, body: bytesOf(isWrong ? mutated(base, random) : base, random, isWrong) }
}

/** How likely each header comes with something odd in it; the first two only in requests that are to be wrong. */
const odd = { authorization: 0.1, accept: 0.05, 'if-none-match': 0.1, 'x-request-id': 0.1 } as const

const oddHeaders = (random: Random, isWrong: boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(odd)
      .filter(([name, chance]) => random() < chance && (isWrong || !['authorization', 'accept'].includes(name)))
      .map(([name]) => [name, headerText(hostileText(random))]),
  )

/** Now and then something that is no JSON, or no UTF-8, or only the half of it. */
function bytesOf(value: unknown, random: Random, isWrong: boolean): Buffer {
  const bytes = Buffer.from(JSON.stringify(value) ?? '')
  const chance = isWrong ? random() : 1
  if (chance < 0.02) return bytes.subarray(0, Math.floor(bytes.length / 2))
  if (chance < 0.04) return Buffer.concat([bytes.subarray(0, 5), Buffer.from([0xff, 0xc0, 0x80]), bytes.subarray(5)])
  if (chance < 0.05) return Buffer.alloc(0)
  if (chance < 0.06) return Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  if (chance < 0.065) return Buffer.alloc(1_100_000, 0x20)
  if (chance < 0.07) return Buffer.from(`{"a":1,"a":2,"__proto__":{"b":1}}`)
  return bytes
}

/** Which ids belong into an address: by the name of the part, or by what the address begins with. */
const kinds: Readonly<Record<string, string>> = {
  ...{ item: 'itm_', delivery: 'dlv_', orders: 'ord_', files: 'fil_', preflights: 'pfl_' },
  ...{ webhooks: 'whk_', members: 'mem_', api_keys: 'key_' },
}

function pathValue(
  path: string,
  name: string,
  schema: Readonly<Record<string, unknown>>,
  found: Found,
  random: Random,
  isWrong: boolean,
) {
  if (isWrong && random() < 0.2) return hostileText(random).slice(0, 300)
  if (name === 'sku') return pick(['softcover-a5', 'poster-a3', 'canvas-60x90', 'mug'], random) ?? ''
  const kind = kinds[name] ?? Object.entries(kinds).find(([part]) => path.startsWith(`/v1/${part}`))?.[1]
  const ids = random() < 0.95 ? found.ids.filter((id) => kind !== undefined && id.startsWith(kind)) : found.ids
  return (random() < 0.95 && pick(ids, random)) || String(makeValue(schema, random))
}

const textOf = (schema: Readonly<Record<string, unknown>>, random: Random, isWrong: boolean): string =>
  String(isWrong && random() < 0.5 ? hostileValue(random) : makeValue(schema, random)).slice(0, 5000)

/** Mostly as it should be; sometimes bytes that are no text, and addresses that cannot be read. */
function encoded(text: string, random: Random): string {
  if (random() < 0.01) return '%ff%fe'
  if (random() < 0.01) return '%'
  return encodeURIComponent(text.toWellFormed())
}

/** What may stand in a header at all: the client would refuse the rest itself. */
const headerText = (text: string): string => text.replace(/[^\t\x20-\x7e]/g, '?').slice(0, 8000)
