import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../errors.ts'
import { createTokenBuckets, type RatePolicy } from './token-bucket.ts'

export type RateLimits = { readonly reads: RatePolicy; readonly writes: RatePolicy }

/**
 * Limits what one key may ask of this process, reads and writes apart, and says so in every answer: `RateLimit-Policy` and
 * `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10), and `Retry-After` with a 429. Call it after what finds the caller;
 * requests for which `keyOf` knows nobody are not counted.
 */
export function addRateLimits(
  server: FastifyInstance,
  limits: RateLimits,
  keyOf: (request: FastifyRequest) => string | undefined,
): void {
  const kinds = { reads: counterOf(limits.reads), writes: counterOf(limits.writes) }
  server.addHook('onRequest', (request, reply, done) => {
    const key = keyOf(request)
    if (key === undefined) {
      done()
      return
    }
    const { policy, header, take } = request.method === 'GET' || request.method === 'HEAD' ? kinds.reads : kinds.writes
    const { isAllowed, remaining, fullInSeconds, retryInSeconds } = take(key)
    reply.header('ratelimit-policy', header)
    reply.header('ratelimit', `"${policy.name}";r=${remaining};t=${fullInSeconds}`)
    if (isAllowed) {
      done()
      return
    }
    reply.header('retry-after', String(retryInSeconds))
    const { name, quota, windowSeconds } = policy
    const allowed = `${quota} ${name} in ${windowSeconds} s`
    done(new Refused('rate_limited', `This key may make ${allowed}. Wait ${retryInSeconds} s; nothing was done.`))
  })
}

const counterOf = (policy: RatePolicy) => ({
  policy,
  header: `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`,
  take: createTokenBuckets(policy),
})
