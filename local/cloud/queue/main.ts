import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { issuedKeysIn } from '../access-keys/issued-keys.ts'
import { queueSpec } from './queue-spec.ts'
import { startQueue } from './start-queue.ts'

const log = createLog('queue')

await run(log, async () => {
  const config = readConfig(
    Type.Object({
      LISTEN_PORT: Type.Integer({ minimum: 1, maximum: 65_535, description: 'port on 127.0.0.1' }),
      QUEUES: Type.String({ description: 'JSON list of {name, visibilitySeconds, maxReceives}' }),
      FACILITY_KEYS_FOLDER: Type.String({ default: '', description: 'where order-api puts the keys of facilities' }),
      AWS_REGION: Type.String({ description: 'the region that the clients use' }),
    }),
  )
  const queues: unknown = JSON.parse(config.QUEUES)
  if (!Value.Check(Type.Array(queueSpec), queues)) throw new Error('QUEUES is not a list of queues')
  const issuedKeys = issuedKeysIn(config.FACILITY_KEYS_FOLDER)
  const queue = await startQueue({ port: config.LISTEN_PORT, queues, log, region: config.AWS_REGION, issuedKeys })
  return { drain: queue.close }
})
