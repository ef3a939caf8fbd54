import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import type { Principal } from '../auth/principal.ts'
import { keptAnswer } from '../store/idempotency.ts'
import type { ApiContext } from './context.ts'

/** The headers of a request that may be sent again: the same key makes one thing, for ever. */
export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ description: 'your own id of this request: a retry with the same key never makes a second one' }),
  ),
})

/** What is answered: the bytes are kept for retries. */
export type Answer = { readonly status: number; readonly body: string; readonly isReplay: boolean }

/** The key of a request. Throws Refused when there is none, or none that can be kept. */
export function idempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '') {
    throw new Refused(
      'idempotency_key_missing',
      'Send an Idempotency-Key header: your own id of this request, such as a UUID.',
    )
  }
  if (typeof header === 'string' && /^[\x21-\x7e]{1,255}$/.test(header)) return header
  throw new Refused(
    'idempotency_key_invalid',
    'The Idempotency-Key may have 1 to 255 printable ASCII characters without spaces.',
  )
}

/** Sends the bytes as they are kept. */
export function sendAnswer(reply: FastifyReply, { status, body, isReplay }: Answer): FastifyReply {
  if (isReplay) reply.header('idempotent-replayed', 'true')
  return reply.code(status).type('application/json; charset=utf-8').serializer(asItIs).send(body)
}

const asItIs = (body: unknown): string => String(body)

/**
 * The answer that this key got before; undefined for a new key. Throws Refused when it belongs to another request.
 * `madeId`: what this very request was about to make.
 */
export async function replay(
  { database }: ApiContext,
  { accountId, isTest }: Principal,
  key: string,
  requestSha256: string,
  madeId?: string,
): Promise<Answer | undefined> {
  const kept = await keptAnswer(database, accountId, key)
  if (!kept) return undefined
  if (kept.requestSha256 !== requestSha256) {
    throw new Refused(
      'idempotency_key_reused',
      'This Idempotency-Key belongs to another request. Use a new key for a new one, or send the first body again.',
    )
  }
  if (kept.isTest !== isTest) {
    const world = kept.isTest ? 'test' : 'live'
    throw new Refused('idempotency_key_reused', `This Idempotency-Key was used in the ${world} world. Use a new one.`)
  }
  // The SDK sent our own insert a second time after a lost reply: the first one took the key, and this is no replay.
  return { status: kept.status, body: kept.body, isReplay: kept.madeId !== madeId }
}
