import { createDynamo, createSes } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run, together } from '#chassis/run.ts'
import { CheckoutWorkerEnvironment } from '#contracts/environment.ts'
import { createSesMailer } from './mail/ses-mailer.ts'
import { createStripePayments } from './payment/stripe-payments.ts'
import { publishButton } from './statics/publish-button.ts'
import { storesOf } from './statics/stores-of.ts'
import { startStatus } from './status/start-status.ts'
import { startWorker } from './worker.ts'
import { createWorkerContext } from './worker-context.ts'

const config = readConfig(CheckoutWorkerEnvironment)
const log = createLog('checkout-worker', config.LOG_LEVEL)
const { now } = systemClock
await run(log, async (signal) => {
  const payments = createStripePayments(config, now)
  const mailer = createSesMailer(createSes(), config.MAIL_FROM, log)
  const context = createWorkerContext({ config, dynamo: createDynamo(), payments, mailer, log, now })
  const publishing = publishButton(config, log, signal)
  const status = startStatus({ ...context.money, places: storesOf(config) }, signal)
  return together({ drain: () => publishing }, status, startWorker(config, context, signal))
})
