import { createDynamo } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { ButtonCheckoutEnvironment } from '#contracts/environment.ts'
import { createApp } from './app.ts'
import { createContext } from './context.ts'
import { createStripePayments } from './payment/stripe-payments.ts'

const config = readConfig(ButtonCheckoutEnvironment)
const log = createLog('button-checkout', config.LOG_LEVEL)
const { now } = systemClock
await run(log, async () => {
  const payments = createStripePayments(config, now)
  const context = await createContext({ config, dynamo: createDynamo(), payments, log, now })
  const app = await createApp(context)
  const { LISTEN_HOST: host, LISTEN_PORT: port } = config
  await app.listen({ host, port, listenTextResolver: () => 'listening' })
  return { drain: () => app.close() }
})
