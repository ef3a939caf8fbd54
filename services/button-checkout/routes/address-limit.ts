import type { FastifyInstance } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import { callerAddress } from '#chassis/http/caller-address.ts'
import { createTokenBuckets } from '#chassis/http/token-bucket.ts'
import { type ButtonCheckoutEnvironment, rateWindowSeconds } from '#contracts/environment.ts'

import { webhooksRoot } from './same-site.ts'

type Config = Pick<ButtonCheckoutEnvironment, 'REQUESTS_OF_AN_ADDRESS' | 'TRUSTED_PROXIES'>

/** Files that a page loads, and those who come without a visitor. */
const uncounted: readonly string[] = ['/checkout/assets/', '/checkout/healthz', webhooksRoot]

/** What takes much of what all visitors share: the new checkouts of an account, the patience of the payment provider, a process that draws. Nobody needs many. */
const dear: readonly string[] = [
  'POST /checkout/sessions',
  'POST /checkout/c/:token/pay',
  'GET /checkout/c/:token/done',
  'GET /order/:token/invoice.pdf',
]
const dearShare = 10

/** So many requests of one address and no more, of dear ones a tenth; what is over is 429 with `Retry-After`. */
export function addAddressLimit(app: FastifyInstance, config: Config): void {
  const quota = config.REQUESTS_OF_AN_ADDRESS
  const take = createTokenBuckets({ name: 'requests', quota, windowSeconds: rateWindowSeconds })
  const takeDear = createTokenBuckets({
    name: 'dear requests',
    quota: Math.ceil(quota / dearShare),
    windowSeconds: rateWindowSeconds,
  })
  app.addHook('onRequest', (request, reply, done) => {
    if (uncounted.some((start) => request.url.startsWith(start))) {
      done()
      return
    }
    const address = callerAddress(request, config.TRUSTED_PROXIES)
    const isDear = dear.includes(`${request.method} ${request.routeOptions.url}`)
    const taken = take(address)
    const { isAllowed, retryInSeconds } = taken.isAllowed && isDear ? takeDear(address) : taken
    if (isAllowed) {
      done()
      return
    }
    reply.header('retry-after', String(retryInSeconds))
    done(new Refused('rate_limited', `There came too many requests from here; wait ${retryInSeconds} s.`))
  })
}
