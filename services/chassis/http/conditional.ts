import { hash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** 132 bits: two answers never share a tag. */
const tagCharacters = 22

/** The strong ETag of these bytes. Whoever keeps them keeps it too, and sets it: it is then not made again. */
export const tagOf = (text: string): string => `"${hash('sha256', text, 'base64url').slice(0, tagCharacters)}"`

/**
 * Gives each JSON answer to a GET its strong ETag, and answers 304 without a body to whoever has these very bytes.
 * The work of finding them was done; what is saved is the way to the caller, who knows at once that nothing changed.
 */
export function addConditionalReads(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    const { method } = request
    if (reply.statusCode !== 200 || typeof payload !== 'string' || (method !== 'GET' && method !== 'HEAD')) {
      done()
      return
    }
    const type = reply.getHeader('content-type')
    if (typeof type !== 'string' || !type.startsWith('application/json')) {
      done()
      return
    }
    const tag = String(reply.getHeader('etag') ?? tagOf(payload))
    reply.header('etag', tag)
    if (!isKnown(request.headers['if-none-match'], tag)) {
      done()
      return
    }
    reply.code(304).removeHeader('content-type')
    // The body of a HEAD is dropped after this hook, which wants to know its length first.
    if (method === 'HEAD') done()
    else done(null, null)
  })
}

/** Weak comparison, as RFC 9110 §13.1.2 wants it: `W/"a"` is `"a"`. A tag has no quotes in it, so that a look for it is enough. */
const isKnown = (header: string | undefined, tag: string): boolean =>
  header !== undefined && (header.trim() === '*' || header.includes(tag))
