import { createRdsData, createSqs } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { readConfig } from '#chassis/config.ts'
import { createDatabase } from '#chassis/database.ts'
import { createKeyring } from '#chassis/keyring.ts'
import { createLog } from '#chassis/log.ts'
import { createQueueWriter } from '#chassis/queue-writer.ts'
import { run, together } from '#chassis/run.ts'
import { OrderWorkerEnvironment } from '#contracts/environment.ts'
import { createPublishing } from './published/create-publishing.ts'
import { startPublishing } from './published/start-publishing.ts'
import { createOrderStore } from './store/order-store.ts'
import { createRing } from './tickets/ring.ts'
import { startWebhooks } from './webhooks/start-webhooks.ts'
import { webhookRulesOf } from './webhooks/webhook-rules.ts'
import { startWorker } from './worker.ts'

const config = readConfig(OrderWorkerEnvironment)
const log = createLog('order-worker', config.LOG_LEVEL)
const sqs = createSqs()
const database = createDatabase(createRdsData(), config)
const addresses = {
  processQueueUrl: config.PROCESS_QUEUE_URL,
  facilityQueueUrlPrefix: config.FACILITY_QUEUE_URL_PREFIX,
}
const changer = {
  database,
  orders: createOrderStore(database),
  ring: createRing(createQueueWriter(sqs), addresses, log),
  now: systemClock.now,
  patienceSeconds: config.TICKET_PATIENCE_SECONDS,
  log,
}
const keyring = createKeyring(config.MASTER_KEYS)
const sending = { database, keyring, rules: webhookRulesOf(config), log, now: systemClock.now }
const publishing = createPublishing(config, { database, log, now: systemClock.now })
await run(log, async (signal) =>
  together(
    startWorker({ config, changer, keyring, sqs, log, signal }),
    startWebhooks({ ...sending, signal }),
    startPublishing(publishing, signal),
  ),
)
