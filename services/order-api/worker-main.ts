import { createS3, createSqs } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run, together } from '#chassis/run.ts'
import { OrderWorkerEnvironment } from '#contracts/environment.ts'
import { chooseKeys } from './enrolment/keys/choose-keys.ts'
import { startFacilityKeys } from './enrolment/start-facility-keys.ts'
import { startFacilityWatch } from './facilities/start-facility-watch.ts'
import { startPublishing } from './published/start-publishing.ts'
import { startRetention } from './retention/start-retention.ts'
import { expiringStoreOf } from './retention/tag-due.ts'
import { startStatusPage } from './status-page/start-status-page.ts'
import { startWebhooks } from './webhooks/start-webhooks.ts'
import { webhookRulesOf } from './webhooks/webhook-rules.ts'
import { startWorker } from './worker.ts'
import { createWorkerContext } from './worker-context.ts'

const config = readConfig(OrderWorkerEnvironment)
const log = createLog('order-worker', config.LOG_LEVEL)
const sqs = createSqs()
const s3 = createS3()
const { now } = systemClock
const { changer, keyring, senders, elsewhere, publishing } = createWorkerContext(config, { sqs, s3, log, now })
const { database } = changer
await run(log, async (signal) =>
  together(
    startWorker({ config, changer, keyring, senders, elsewhere, sqs, log, signal }),
    startWebhooks({ database, keyring, rules: webhookRulesOf(config), log, now, signal }),
    startFacilityKeys({ database, keys: chooseKeys(config), s3, bucket: config.PRINT_FILES_BUCKET, now, log }, signal),
    startPublishing(publishing, signal),
    startRetention({ database, store: expiringStoreOf(config, s3), log, now, signal }),
    startFacilityWatch({ database, log, now, signal }),
    startStatusPage({ database, places: publishing.stores, log, now, signal }),
  ),
)
