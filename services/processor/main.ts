import { createS3, createSqs, createStandbyS3 } from '#chassis/aws.ts'
import { readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { ProcessorEnvironment } from '#contracts/environment.ts'
import { startProcessor } from './processor.ts'

const config = readConfig(ProcessorEnvironment)
const log = createLog('processor', config.LOG_LEVEL)
const clients = { sqs: createSqs(), s3: createS3(), standbyS3: createStandbyS3(config) }
await run(log, async (signal) => await startProcessor(config, clients, log, signal))
