import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Issue, Refused } from '../errors.ts'
import { unusableText } from './unusable-text.ts'

/** Says every fault of a value in words: the service's contract knows how. */
export type IssuesOf = (schema: TSchema, value: unknown) => readonly Issue[]

/** Bodies are JSON in UTF-8 that match the schema of their route, and nothing else; answers are JSON as it is. */
export function readStrictJson(server: FastifyInstance, issuesOf: IssuesOf): void {
  // Fastify also reads text/plain by itself; an API of JSON says so instead.
  server.removeContentTypeParser('text/plain')
  const parse = server.getDefaultJsonParser('error', 'error')
  // Bytes that are no UTF-8 are refused: Node would put U+FFFD in their place, and that would be printed on a label.
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) {
      done(new Refused('malformed_json', 'The body must be UTF-8.'))
      return
    }
    const text = body.toString('utf8')
    parse(request, text, (error, value) => {
      done(
        error && text.trim() !== '' ? new Refused('malformed_json', faultIn(text), [], { cause: error }) : error,
        value,
      )
    })
  })
  server.setValidatorCompiler<TSchema>(({ schema, httpPart }) => validatorOf(schema, httpPart ?? 'body', issuesOf))
  // What a handler answers is of the type of its contract; a serializer made from the schema would only be slower.
  server.setSerializerCompiler(() => JSON.stringify)
}

/** Where the text stops being JSON, as far as V8 says it, and what people get wrong there. */
function faultIn(text: string): string {
  try {
    JSON.parse(text)
    return 'The body has a field of a name that JavaScript keeps for itself, such as __proto__; leave it out.'
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    const [place] = /line \d+ column \d+/.exec(said) ?? (said.includes('end of JSON') ? ['its end'] : [])
    const where = place === undefined ? '' : ` at ${place}`
    return `The body is not valid JSON${where}. Names and texts need double quotes; comments, and commas before a closing bracket, are not allowed.`
  }
}

function validatorOf(schema: TSchema, part: string, issuesOf: IssuesOf) {
  const compiled = Compile(schema)
  return (value: unknown) => {
    const isSound = compiled.Check(value)
    const faults = isSound ? unusableText(value) : issuesOf(schema, value)
    if (isSound && faults.length === 0) return { value }
    const issues = faults.map((issue) => (part === 'body' ? issue : { ...issue, pointer: `/${part}${issue.pointer}` }))
    return { error: new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues) }
  }
}
