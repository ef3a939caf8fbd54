import { createHash } from 'node:crypto'
import type { Reply } from './records.ts'
import { StripeFault } from './stripe-fault.ts'
import { stripeId, type World } from './world.ts'

export type Answered = Pick<Reply, 'status' | 'body' | 'requestId'> & { readonly isReplayed: boolean }

const rememberedSeconds = 24 * 60 * 60

/**
 * Answers once a key: the same request gets the same answer for a day, another one with this key an error. What was refused for its parameters
 * is not remembered, as at Stripe.
 */
export function answerOnce(
  world: World,
  request: { readonly world: string; readonly key: string | undefined; readonly path: string; readonly body: string },
  act: () => unknown,
): Answered {
  const requestId = stripeId('req')
  const { key } = request
  if (key === undefined) return { status: 200, body: JSON.stringify(act()), requestId, isReplayed: false }
  const id = `${request.world}:${key}`
  const hash = createHash('sha256').update(`${request.path}\n${request.body}`).digest('hex')
  const at = Math.floor(world.now().getTime() / 1000)
  const known = world.journal.replies.get(id)
  if (known && known.at > at - rememberedSeconds) {
    if (known.request !== hash) throw differs(key)
    return { ...known, isReplayed: true }
  }
  const reply: Reply = { id, request: hash, requestId, status: 200, body: JSON.stringify(act()), at }
  world.journal.put({ kind: 'reply', record: reply })
  return { ...reply, isReplayed: false }
}

const differs = (key: string): StripeFault =>
  new StripeFault(
    400,
    'idempotency_error',
    `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'.`,
  )
