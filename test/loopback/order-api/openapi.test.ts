import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Example, exampleName } from '#contracts/order-api/examples/example.ts'
import { examples } from '#contracts/order-api/examples/examples.ts'
import { words } from '#contracts/order-api/examples/words.ts'
import { exampleDeposit } from '#contracts/order-api/ledger.ts'
import { exampleOrder } from '#contracts/order-api/order-request.ts'
import { examplePublication } from '#contracts/order-api/publication.ts'
import { issuesOf } from '#contracts/parse.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import { filled } from '../../../services/order-api/documentation/describe-operations.ts'
import { recordedAnswers } from '../../../services/order-api/documentation/known.ts'
import { callerOf, fresh } from './client.ts'
import { type Documented, readDocumented, undocumented } from './documented.ts'
import { happen } from './happenings.ts'
import { type ApiUnderTest, startApi } from './platform.ts'

let api: ApiUnderTest
let call: ReturnType<typeof callerOf>
let documented: Documented
const values: Record<string, string> = {}
const answers: Record<string, unknown> = {}

beforeAll(async () => {
  api = await startApi()
  call = callerOf(api)
  documented = await readDocumented(api.url)
})
afterAll(() => api?.close())

const operationOf = (name: string) => {
  const found = documented.operations.find((each) => each.name === name)
  if (!found) throw new Error(`${name} is not in the OpenAPI document`)
  return found
}

/** `after` is the number of an event; the cursor of the sales is text. */
const isNumber = (operation: string, name: string): boolean =>
  ['limit', 'after', 'page', 'pages'].includes(name) && !(operation === 'GET /v1/sales' && name === 'after')

function requestOf(example: Example) {
  const { operation, path = {}, query, headers, body } = filled(example, values)
  const isOnce = operationOf(operation).parameters?.some((each) => each.name === 'idempotency-key')
  const [method = '', template = ''] = operation.split(' ')
  const address = template.replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '')
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`
  return {
    method,
    address: `${address}${search}`,
    headers: { ...(isOnce && fresh()), ...headers },
    ...(body && { body }),
  }
}

describe('the documentation', () => {
  test('is OpenAPI 3.1 and has every address of the API', () => {
    expect(documented.document.openapi).toBe('3.1.0')
    const routes = api.routes
      .filter(({ method, url }) => url.startsWith('/v1/') && method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
    expect(documented.operations.map(({ name }) => name).sort()).toEqual([...routes].sort())
  })

  test('says of every operation what it is for, under a heading, and shows an example', () => {
    const headings = documented.document.tags.map(({ name }) => name)
    for (const { name, description, tags, operationId } of documented.operations) {
      expect([name, description.length > 20]).toEqual([name, true])
      expect([name, tags.every((tag) => headings.includes(tag))]).toEqual([name, true])
      expect([name, examples.filter(({ operation }) => operation === name).length > 0]).toEqual([name, true])
      expect([name, operationId]).toEqual([name, expect.stringMatching(/^[a-z][A-Za-z]+$/)])
    }
    const ids = documented.operations.map(({ operationId }) => operationId)
    expect(ids).toEqual([...new Set(ids)])
  })

  test('has words and examples of no operation that does not exist', () => {
    const names = documented.operations.map(({ name }) => name)
    expect(Object.keys(words).filter((name) => !names.includes(name))).toEqual([])
    expect(examples.filter(({ operation }) => !names.includes(operation))).toEqual([])
  })

  test('lists under each status the codes that it may have', () => {
    const listed = documented.operations.flatMap(({ name, responses }) =>
      Object.entries(responses)
        .filter(([status]) => /^[45]/.test(status))
        .map(([status, { content }]) => ({
          name,
          status,
          codes: codesIn(content?.['application/problem+json']?.schema),
        })),
    )
    expect(listed.filter(({ codes }) => codes.length === 0)).toEqual([])
    const isOf = (status: string, code: string) =>
      new RegExp(`^${status.replace('XX', '..')}$`).test(`${problemStatus(code)}`)
    expect(listed.filter(({ status, codes }) => !codes.every((code) => isOf(status, code)))).toEqual([])
  })

  test('asks for an Idempotency-Key where an order, a reprint, a deposit or a publication without one is refused, and nowhere else', async () => {
    const withKey = documented.operations.flatMap(({ name, parameters = [] }) =>
      parameters.flatMap((each) => (each.name === 'idempotency-key' ? [{ name, required: each.required }] : [])),
    )
    const required = withKey.filter((each) => each.required).map(({ name }) => name)
    expect(required.sort()).toEqual([
      'POST /v1/ledger/deposits',
      'POST /v1/orders',
      'POST /v1/orders/{id}/reprints',
      'POST /v1/publications',
    ])
    expect(withKey.length).toBeGreaterThan(required.length)
    const bodies: Readonly<Record<string, object>> = {
      'POST /v1/orders': exampleOrder,
      'POST /v1/orders/{id}/reprints': {
        items: [{ item_id: `itm_${'0'.repeat(26)}` }],
        reason: 'torn',
        fault: 'facility',
      },
      'POST /v1/ledger/deposits': exampleDeposit,
      'POST /v1/publications': examplePublication,
    }
    for (const { name } of withKey) {
      const [method = '', path = ''] = name.split(' ')
      const body = bodies[name]
      const { status, json } = await call(method, path.replace(/\{\w+\}/g, 'none'), body && { body })
      const isMissed = `${status} ${json.code}` === '400 idempotency_key_missing'
      expect([name, isMissed]).toEqual([name, required.includes(name)])
    }
  })

  test('says of every number in an address that it is one, and in which range', () => {
    const numbers = documented.operations.flatMap(({ name, parameters = [] }) =>
      parameters.flatMap((each) => (isNumber(name, each.name) ? [{ ...each, name: `${name}: ${each.name}` }] : [])),
    )
    expect(numbers.length).toBeGreaterThan(5)
    for (const { name, schema, description } of numbers) {
      expect([name, schema.type, typeof schema.minimum]).toEqual([name, 'integer', 'number'])
      expect([name, description]).toEqual([name, expect.any(String)])
    }
    expect(JSON.stringify(documented.document)).not.toContain('x-number')
  })

  test('is a page that can be read', async () => {
    expect((await call('GET', '/docs/', { key: '' })).text).toContain('<title>')
  })

  test('explains each problem where its type leads: a page for browsers, Markdown for those who ask for it', async () => {
    const { json } = await call('GET', '/v1/orders', { key: '' })
    const [address = '', code = ''] = json.type.split('#')
    expect(new URL(address).pathname).toBe('/errors')
    const inBrowser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const page = await call('GET', '/errors', { key: '', headers: inBrowser })
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(page.text).toContain(`<h3 id="${code}">`)
    for (const accept of ['text/markdown', 'text/plain']) {
      const plain = await call('GET', '/errors', { key: '', headers: { accept } })
      expect(plain.headers.get('content-type')).toBe(`${accept}; charset=utf-8`)
      expect(plain.text).toContain(`### ${code}\n`)
    }
  })
})

function codesIn(schema: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const { code } = Object(schema.properties)
  return Array.isArray(code?.enum) ? code.enum : []
}

const problemStatus = (code: string): number | undefined =>
  Object.entries(problemCodes).find(([name]) => name === code)?.[1].status

describe('the examples', () => {
  test.each(examples.map((example) => [exampleName(example), example] as const))('%s', async (name, example) => {
    if (example.after) await happen(api, example.after, values.order ?? '')
    const { method, address, ...rest } = requestOf(example)
    const ours = example.isLive ? api.liveSecretKey : api.secretKey
    const key = example.isCheckout ? api.checkoutTestKey : ours
    const { status, headers, json, text } = await call(method, address, { key, ...rest })
    expect([status < 300, text]).toEqual([true, text])
    const answer = { status, contentType: headers.get('content-type'), json }
    expect(undocumented(operationOf(example.operation), answer)).toEqual([])
    for (const [part, pointer] of Object.entries(example.keeps ?? {})) values[part] = at(json, pointer)
    answers[name] = json
  })

  test('are shown with answers that still are what the API answers', () => {
    if (process.env.RECORD_EXAMPLES === '1') record()
    const recorded = JSON.parse(readFileSync(recordedAnswers, 'utf8'))
    for (const example of examples) {
      const name = exampleName(example)
      expect([name, name in recorded.answers]).toEqual([name, true])
      const [schema] = Object.entries(operationOf(example.operation).responses)
        .filter(([status]) => status.startsWith('2'))
        .map(([, { content }]) => content?.['application/json']?.schema)
      expect([name, issuesOf(schema ?? {}, recorded.answers[name])]).toEqual([name, []])
      expect([name, fieldsOf(recorded.answers[name])]).toEqual([name, fieldsOf(answers[name])])
    }
  })
})

const fieldsOf = (value: unknown): string[] => Object.keys(Object(value)).sort()

const withShortList = (answer: unknown): unknown =>
  answer instanceof Object && 'data' in answer && Array.isArray(answer.data)
    ? { ...answer, data: answer.data.slice(0, 2) }
    : answer

function at(json: unknown, pointer: string): string {
  let value = json
  for (const step of pointer.split('/').slice(1)) value = Object(value)[step]
  return String(value)
}

/** Two entries show what a list is. Secrets and signatures of the test are no secrets, but they look like some. */
function record(): void {
  const shown = Object.entries(answers).map(([name, answer]) => [name, withShortList(answer)])
  const text = JSON.stringify({ answers: Object.fromEntries(shown), values }, undefined, 2)
    .replace(/((?:sk|pk)_(?:live|test)_)[A-Za-z0-9]{12,}/g, '$1EXAMPLE')
    .replace(/whsec_[A-Za-z0-9+/=]+/g, 'whsec_EXAMPLE')
    .replace(/http:\/\/127\.0\.0\.1:\d+\//g, 'https://storage.example/')
    .replace(/\?X-Amz-[^"]+/g, '?X-Amz-Signature=EXAMPLE')
  writeFileSync(recordedAnswers, `${text}\n`)
}
