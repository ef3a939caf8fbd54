import { commonProblems, isUnreadable } from '#contracts/order-api/examples/common-problems.ts'
import { type Example, exampleName, type OperationWords } from '#contracts/order-api/examples/example.ts'
import { shownNumber } from '#contracts/order-api/number-text.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { type ProblemCode, problemCodes } from '#contracts/problem-codes.ts'
import type { OpenApi, Operation } from './openapi.ts'

export type Known = {
  readonly words: Readonly<Record<string, OperationWords>>
  readonly examples: readonly Example[]
  /** What came when the examples were sent, by their names; and what `$name` stood for. */
  readonly answers: Readonly<Record<string, unknown>>
  readonly values: Readonly<Record<string, string>>
}

/** The document with what the schemas cannot say: descriptions, examples that were executed, and every problem by its code. */
export function describeOperations<D extends OpenApi>(document: D, known: Known): D {
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [
        method,
        described(`${method.toUpperCase()} ${path}`, operation, known),
      ]),
    ),
  ])
  return { ...document, paths: Object.fromEntries(paths) }
}

function described(name: string, operation: Operation, known: Known): Operation {
  const words = known.words[name]
  const examples = known.examples.filter((each) => each.operation === name)
  return {
    ...operation,
    operationId: operationIdOf(name),
    description: [operation.description ?? words?.description, ...scopeWords(operation)].join('\n\n'),
    ...(operation.parameters && { parameters: parametersOf(operation.parameters, examples[0], { ...known, words }) }),
    ...(operation.requestBody && { requestBody: requestBodyOf(operation.requestBody, examples, known) }),
    responses: {
      ...successOf(operation, examples, known),
      ...problemsOf(name, operation, words?.problems ?? []),
    },
  }
}

const idempotencyKey = 'idempotency-key'
/** Where an example does not say its own. */
const exampleKey = '1f0c6a2e-6b1d-4a53-9d0e-3c7b5f2a8e41'

/** `GET /v1/orders/{id}/events` → getOrdersIdEvents: stable names for those who generate clients. */
const operationIdOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(' /v1', '')
    .replace(/[^a-z0-9]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/[^a-zA-Z0-9]/g, '')

function parametersOf(
  parameters: NonNullable<Operation['parameters']>,
  example: Example | undefined,
  { values, words }: Pick<Known, 'values'> & { readonly words: OperationWords | undefined },
) {
  const given: Readonly<Record<string, string>> = {
    ...example?.path,
    ...example?.query,
    [idempotencyKey]: exampleKey,
    ...example?.headers,
  }
  return parameters.map((parameter) => {
    const value = given[parameter.name]
    // Its absence has a code of its own, and so the schema of the route lets it pass.
    const required = parameter.name === idempotencyKey && words?.needsIdempotencyKey ? { required: true } : {}
    const number = parameter.schema?.[shownNumber]
    const schema = number instanceof Object ? { schema: { ...number } } : {}
    const example = value === undefined ? {} : { example: schema.schema ? Number(value) : filled(value, values) }
    return { ...parameter, ...required, ...schema, ...example }
  })
}

function requestBodyOf(
  requestBody: NonNullable<Operation['requestBody']>,
  examples: readonly Example[],
  { values }: Known,
) {
  const bodies = examples.flatMap(({ title, body }) =>
    body === undefined ? [] : [[title, filled(body, values)] as const],
  )
  return {
    ...requestBody,
    // An example that sends none shows that it may be left out.
    ...(examples.some(({ body }) => body === undefined) ? { required: false } : {}),
    content: Object.fromEntries(
      Object.entries(requestBody.content).map(([type, { schema }]) => [type, { schema, ...exampleOf(bodies) }]),
    ),
  }
}

function successOf({ responses }: Operation, examples: readonly Example[], { answers }: Known): Operation['responses'] {
  const bodies = examples.flatMap((example) =>
    exampleName(example) in answers ? [[example.title, answers[exampleName(example)]] as const] : [],
  )
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  return Object.fromEntries(
    successes.map(([status, { description, content = {} }]) => [
      status,
      {
        description,
        content: Object.fromEntries(
          Object.entries(content).map(([type, { schema }]) => [type, { schema, ...exampleOf(bodies) }]),
        ),
      },
    ]),
  )
}

const scopesOf = ({ security = [] }: Operation): readonly string[] => security.flatMap(({ apiKey = [] }) => apiKey)

const scopeWords = (operation: Operation): readonly string[] => {
  const scopes = scopesOf(operation)
  return scopes.length > 0 ? [`Needs a key with the scope ${scopes.map((scope) => `\`${scope}\``).join(', ')}.`] : []
}

/** One as `example`, which every tool shows; several by their titles. */
function exampleOf(bodies: readonly (readonly [string, unknown])[]) {
  if (bodies.length === 0) return {}
  if (bodies.length === 1) return { example: bodies[0]?.[1] }
  return { examples: Object.fromEntries(bodies.map(([title, value]) => [title, { summary: title, value }])) }
}

/** Each status with the codes that it may have, and what each means; what every operation can answer alike as one range. */
function problemsOf(name: string, operation: Operation, own: readonly ProblemCode[]): Operation['responses'] {
  const parameters = operation.parameters ?? []
  const codes = new Set([
    ...own,
    ...commonProblems({
      needsKey: scopesOf(operation).length > 0,
      hasPath: parameters.some((each) => each.in === 'path'),
      hasQuery: parameters.some((each) => each.in === 'query'),
      hasBody: operation.requestBody !== undefined,
      isRead: name.startsWith('GET '),
      isOnce: parameters.some((each) => each.name === idempotencyKey),
    }),
  ])
  const specific = new Set([...codes].filter((code) => !isUnreadable(code)).map((code) => problemCodes[code].status))
  const byRange = Map.groupBy(codes, (code) => {
    const { status } = problemCodes[code]
    if (status >= 500) return '5XX'
    return specific.has(status) ? String(status) : '4XX'
  })
  return Object.fromEntries([...byRange].sort().map(([range, of]) => [range, problemResponse(of)]))
}

function problemResponse(codes: readonly ProblemCode[]) {
  const sorted = [...codes].sort()
  return {
    description: sorted.map((code) => `\`${code}\`: ${problemCodes[code].title}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { ...Problem, properties: { ...Problem.properties, code: { type: 'string', enum: sorted } } },
      },
    },
  }
}

/** `value` with what each `$name` in it stands for; a name that is not known stays. */
export function filled<T>(value: T, values: Readonly<Record<string, string>>): T {
  const text = JSON.stringify(value).replace(/\$([a-z_]+)/g, (whole, name: string) => values[name] ?? whole)
  return JSON.parse(text)
}
