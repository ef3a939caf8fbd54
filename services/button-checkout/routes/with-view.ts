import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import { problemOf } from '#chassis/http/problem.ts'
import type { CheckoutContext } from './context.ts'
import { presentCheckout } from './present-checkout.ts'
import { problemsOf } from './problems.ts'

/** Refusals after which the page goes on with what is true now. */
const viewed: readonly string[] = ['version_conflict', 'price_changed', 'payment_uncertain']

/** Runs `work`; a refusal that tells of a newer state is answered with that state, as `checkout` of the problem. */
export async function withView<T>(
  context: CheckoutContext,
  { request, reply, id }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly id: string },
  work: () => Promise<T>,
): Promise<T | FastifyReply> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused) || !viewed.includes(error.code)) throw error
    const found = await context.store.find(id)
    if (!found) throw error
    const checkout = await presentCheckout(context, found, error.code === 'payment_uncertain' ? 'uncertain' : undefined)
    const { code, message, issues } = error
    const facts = { code, detail: message, requestId: request.id, issues }
    const problem = problemOf(problemsOf(context.config), facts)
    return reply
      .code(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem, checkout }))
  }
}
