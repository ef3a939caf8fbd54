import { type Static, Type } from 'typebox'
import { type Issue, issuesOf, parse } from '#contracts/parse.ts'

const Schema = Type.Record(Type.String(), Type.Unknown())
const Media = Type.Object({
  schema: Schema,
  example: Type.Optional(Type.Unknown()),
  examples: Type.Optional(Type.Record(Type.String(), Type.Object({ value: Type.Unknown() }))),
})
const Content = Type.Record(Type.String(), Media)
const Parameter = Type.Object({
  name: Type.String(),
  in: Type.String(),
  required: Type.Optional(Type.Boolean()),
  description: Type.Optional(Type.String()),
  schema: Schema,
  example: Type.Optional(Type.Unknown()),
})
const Operation = Type.Object({
  tags: Type.Array(Type.String()),
  summary: Type.String(),
  description: Type.String(),
  operationId: Type.String(),
  parameters: Type.Optional(Type.Array(Parameter)),
  requestBody: Type.Optional(Type.Object({ content: Content })),
  responses: Type.Record(Type.String(), Type.Object({ description: Type.String(), content: Type.Optional(Content) })),
})
const Document = Type.Object({
  openapi: Type.String(),
  tags: Type.Array(Type.Object({ name: Type.String(), description: Type.String() })),
  paths: Type.Record(Type.String(), Type.Record(Type.String(), Operation)),
})

export type DocumentedOperation = Static<typeof Operation> & {
  /** `GET /v1/orders/{id}` */
  readonly name: string
  readonly method: string
  readonly path: string
}
export type Documented = {
  readonly document: Static<typeof Document>
  readonly operations: readonly DocumentedOperation[]
}

/** The OpenAPI document of an API, as its callers get it. */
export async function readDocumented(url: string): Promise<Documented> {
  const response = await fetch(`${url}/openapi.json`)
  const document = parse('openapi.json', Document, await response.json())
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
  )
  return { document, operations }
}

/** What of an answer is not as its operation documents it; nothing when all is. */
export function undocumented(
  { responses }: Pick<DocumentedOperation, 'responses'>,
  answer: { readonly status: number; readonly contentType: string | null; readonly json: unknown },
): readonly Issue[] {
  const response = responses[answer.status] ?? responses[`${String(answer.status)[0]}XX`]
  if (!response) return [{ pointer: '', detail: `the status ${answer.status} is not documented` }]
  const type = answer.contentType?.split(';')[0] ?? ''
  const media = response.content?.[type]
  if (!media) return [{ pointer: '', detail: `${answer.status} with the type ${type} is not documented` }]
  return issuesOf(media.schema, answer.json)
}
