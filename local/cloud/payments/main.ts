import { Type } from 'typebox'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { startPayments } from './start-payments.ts'

const log = createLog('payments')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 1, maximum: 65_535, description: 'port on 127.0.0.1' }),
      DATA_DIR: Type.String({ description: 'folder of the journal, made when missing' }),
      API_KEYS: Type.String({ description: 'comma-separated secret keys that it takes: sk_test_…, sk_live_…' }),
      WEBHOOK_SECRET: Type.String({ description: 'signs webhooks: whsec_…' }),
      WEBHOOK_URLS: Type.String({ description: 'comma-separated addresses that are told what happened' }),
    }),
  )
  const { url, close } = await startPayments({
    port: config.LISTEN_PORT,
    dataDir: config.DATA_DIR,
    keys: config.API_KEYS.split(','),
    webhookSecret: config.WEBHOOK_SECRET,
    webhookUrls: config.WEBHOOK_URLS.split(','),
    log,
  })
  log.info({ port: new URL(url).port }, 'listening')
  return { drain: close }
})
