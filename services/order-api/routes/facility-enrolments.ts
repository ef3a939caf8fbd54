import { Refused } from '#chassis/errors.ts'
import { callerAddress } from '#chassis/http/caller-address.ts'
import { createTokenBuckets } from '#chassis/http/token-bucket.ts'
import { FacilityEnrolment, FacilityEnrolmentRequest } from '#contracts/order-api/facility-enrolment.ts'
import { parse } from '#contracts/parse.ts'
import { enrol } from '../enrolment/enrol.ts'
import { needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

/** A person pastes a code a few times a year. */
const limit = { name: 'enrolments', quota: 20, windowSeconds: 60 } as const

/** The code is the right: no key is asked for, and so few are tried from one address. */
export const addFacilityEnrolmentRoute: AddRoutes = (app, { enrolling, trustedProxies }) => {
  const take = createTokenBuckets(limit)
  app.post('/v1/facility-enrolments', {
    config: needs('public'),
    schema: {
      tags: ['Facilities'],
      summary: 'Let a print client in',
      description:
        'For print clients, with a code that the operator made (`facility enrol`). The answer has addresses and credentials, sealed to ' +
        'the key that was sent. The same code, client and key get the same answer again; anything else is refused. No API key.',
      body: FacilityEnrolmentRequest,
      response: responses(200, FacilityEnrolment, 'Credentials that only the client can read', 400, 403, 422),
    },
    onRequest: async (request, reply) => {
      const { isAllowed, retryInSeconds } = take(callerAddress(request, trustedProxies))
      if (isAllowed) return
      reply.header('retry-after', String(retryInSeconds))
      throw new Refused('rate_limited', `There came too many enrolments from here; wait ${retryInSeconds} s.`)
    },
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return await enrol(enrolling, parse('enrolment', FacilityEnrolmentRequest, request.body))
    },
  })
}
