import type { FastifyReply } from 'fastify'
import type { TSchema } from 'typebox'
import { Problem } from '#contracts/order-api/problem.ts'

const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema: Problem } } })

const described = {
  400: problem('The request is malformed, or a required header is missing'),
  401: problem('The API key is missing, unknown, expired or revoked'),
  402: problem('The balance does not cover it'),
  403: problem('This key may not do that'),
  404: problem('There is nothing with that id in your account'),
  409: problem('The present state does not allow it'),
  410: problem('Its files are gone: the order ended longer ago than the account keeps them'),
  422: problem('Some fields are not acceptable; `errors` points at each'),
} as const

/**
 * The `response` part of a route: what success looks like, and the problems that may come instead. Which codes they have stands
 * in contracts/order-api/examples, and is written into the documentation from there.
 */
export function responses(
  status: 200 | 201 | 202,
  schema: TSchema,
  description: string,
  ...problems: (keyof typeof described)[]
) {
  const success = { description, content: { 'application/json': { schema } } }
  return {
    [status]: success,
    ...Object.fromEntries(problems.map((code) => [code, described[code]])),
    '5xx': problem('Something failed on our side; the same request may succeed later'),
  }
}

/** Sends JSON whose bytes are already made. */
export const sendJsonText = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('application/json; charset=utf-8').serializer(asItIs).send(text)

const asItIs = (text: unknown): string => String(text)
