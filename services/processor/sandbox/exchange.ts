import type { TSchema } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { Envelope, Request } from './protocol.ts'
import { reasonOf, SandboxError } from './sandbox-error.ts'

/** What one child answered may go into the next request: it is held to the protocol here, as the child trusts its parent. */
export function asked(request: Request): Request {
  try {
    return parse('Request', Request, request)
  } catch (cause) {
    throw new SandboxError('fault', 'The converter cannot be asked for this', { cause })
  }
}

/** The child may be in a hostile file's hands: an answer that is not what was asked for is a fault like any other. */
export function understood<S extends TSchema>(line: string, schema: S) {
  try {
    const envelope = parse('Envelope', Envelope, JSON.parse(line))
    if (envelope.outcome === 'failed') throw new SandboxError(reasonOf(envelope.detail), envelope.detail)
    if (envelope.outcome === 'progress') return envelope
    return { outcome: envelope.outcome, result: parse('Answer', schema, envelope.result) }
  } catch (cause) {
    if (cause instanceof SandboxError) throw cause
    throw new SandboxError('fault', 'The converter gave an answer that was not asked for', { cause })
  }
}
