import type { FastifyInstance } from 'fastify'
import { Refused } from '#chassis/errors.ts'
import { settlePayment } from '../checkouts/settle-payment.ts'
import type { PaymentNews } from '../payment/payments.ts'
import { changeCheckout } from '../store/change-checkout.ts'
import type { CheckoutContext } from './context.ts'

export const stripeWebhookPath = '/checkout/webhooks/stripe'

/** An event with its session has some 5 kB. */
const bodyLimitBytes = 256 * 1024

/**
 * News of payments. Only what the provider signed is heard; heard twice, late or out of order it changes nothing. Whatever is genuine gets 200, also
 * when it is of no use here; while the store does not answer it gets 503, so that it comes again.
 */
export function addWebhookRoutes(
  app: FastifyInstance,
  context: Pick<CheckoutContext, 'payments' | 'store' | 'now' | 'log'>,
): void {
  app.register(async (scope) => {
    // What was signed is bytes, and no JSON that was written anew.
    scope.removeAllContentTypeParsers()
    const options = { parseAs: 'buffer', bodyLimit: bodyLimitBytes } as const
    scope.addContentTypeParser('*', options, (_request, body, done) => done(null, body))
    scope.post(stripeWebhookPath, { bodyLimit: bodyLimitBytes }, async ({ headers, body }, reply) => {
      const signature = headers['stripe-signature']
      const signed = { 'stripe-signature': typeof signature === 'string' ? signature : undefined }
      const news = genuineNews(context, signed, Buffer.isBuffer(body) ? body : Buffer.alloc(0))
      if (news) await takeNews(context, news)
      return reply.code(200).send({ received: true })
    })
  })
}

/** Throws Refused for what the provider did not sign: somebody tries, or a signing secret is missing here. */
function genuineNews(
  { payments, log }: Pick<CheckoutContext, 'payments' | 'log'>,
  ...sent: Parameters<CheckoutContext['payments']['readWebhook']>
): PaymentNews | undefined {
  try {
    return payments.readWebhook(...sent)
  } catch (error) {
    if (error instanceof Refused) log.warn({ code: error.code }, 'webhook_not_genuine')
    throw error
  }
}

async function takeNews(
  { store, now, log }: Pick<CheckoutContext, 'store' | 'now' | 'log'>,
  news: PaymentNews,
): Promise<void> {
  const { checkoutId, attempt, standing, isTest, sessionId } = news
  const fields = { checkoutId, attempt, standing, isTest, sessionId }
  const found = await store.find(checkoutId)
  if (!found) return log.warn(fields, 'payment_of_unknown_checkout')
  if (found.isTest !== isTest) return log.error(fields, 'payment_of_other_world')
  const settled = await changeCheckout(store, checkoutId, now, (each) => settlePayment(each, news, now()))
  const known = settled?.attempts.find(({ number }) => number === attempt)
  if (!known) return log.error(fields, 'payment_of_unknown_attempt')
  // One attempt has one session; money that came by another one is for a person to look at.
  if (news.payment && known.payment?.reference !== news.payment.reference)
    log.error(fields, 'payment_besides_the_known_one')
  log.info(fields, 'payment_told')
}
