import type { FastifyInstance } from 'fastify'
import { Transient } from '../errors.ts'
import { isHealthCheck, type LoadGate } from './load-gate.ts'

declare module 'fastify' {
  interface FastifyRequest {
    isInHand: boolean
  }
}

/** One more than this process can serve: nothing was done. */
export class Overloaded extends Transient {
  override name = 'Overloaded'
}

/**
 * Counts the requests that are at work: those that are wholly here. One whose key is being looked up (one look-up, however
 * many wait for it) or whose body is still on its way is not: hundreds of slow ones must not keep the others out (P20).
 */
export function countRequests(server: FastifyInstance, gate: LoadGate): void {
  // Made once: the stack of an error costs as much as a whole refusal.
  const overloaded = new Overloaded('More requests are at work than can be served')
  server.decorateRequest('isInHand', false)
  server.addHook('preValidation', (request, _reply, done) => {
    if (gate.isFull() && !isHealthCheck(request.url)) {
      done(overloaded)
      return
    }
    gate.enter()
    request.isInHand = true
    done()
  })
  server.addHook('onSend', (request, _reply, _payload, done) => {
    if (request.isInHand) gate.leave()
    request.isInHand = false
    done()
  })
  server.addHook('preClose', (done) => {
    gate.close()
    done()
  })
}
