import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { createDatabase } from '#chassis/database.ts'
import { lookupAll } from '#chassis/http/address-guard.ts'
import { createKeyring } from '#chassis/keyring.ts'
import { createLog } from '#chassis/log.ts'
import { database as names } from '../../../local/platform/cloud-environment.ts'
import { startWebhooks } from '../../../services/order-api/webhooks/start-webhooks.ts'

/**
 * The part of the order worker that numbers events and sends webhooks, as a process that can be killed. Its clock is its parent's:
 * each message is the time from now on.
 */
const [dataApiUrl = '', masterKeys = '', allowedOrigin = '', startsAt = ''] = process.argv.slice(2)
let now = new Date(startsAt)
const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'test-secret' }
const database = createDatabase(new RDSDataClient({ region: 'eu-west-1', credentials, endpoint: dataApiUrl }), {
  DATABASE_RESOURCE_ARN: names.resourceArn,
  DATABASE_SECRET_ARN: names.secretArn,
  DATABASE_NAME: names.name,
})
const stopping = new AbortController()
const webhooks = startWebhooks({
  database,
  keyring: createKeyring(masterKeys),
  rules: { allowedOrigins: [allowedOrigin], lookup: lookupAll },
  log: createLog('p18', 'fatal'),
  now: () => now,
  signal: stopping.signal,
})
process.on('message', (message) => {
  now = new Date(String(message))
  webhooks.look()
})
// Whoever lost its parent has nothing to do any more.
process.once('disconnect', () => process.exit())
process.send?.('ready')
