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
      GROWING_PREFIX: Type.String({ default: '', description: 'queues whose names begin so are made at first use' }),
      FACILITY_KEYS_FOLDER: Type.String({ default: '', description: 'where order-api puts the keys of facilities' }),
      AWS_REGION: Type.String({ description: 'the region that the clients use' }),
    }),
  )
  const queues: unknown = JSON.parse(config.QUEUES)
  if (!Value.Check(Type.Array(queueSpec), queues)) throw new Error('QUEUES is not a list of queues')
  const issuedKeys = issuedKeysIn(config.FACILITY_KEYS_FOLDER)
  const { LISTEN_PORT: port, AWS_REGION: region, GROWING_PREFIX: growingPrefix } = config
  const queue = await startQueue({ port, queues, log, region, issuedKeys, growingPrefix })
  return { drain: queue.close }
})
