import { createS3, createSqs } from '#chassis/aws.ts'
import { systemClock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { startClient } from './client.ts'
import { readClientConfig } from './config.ts'
import { readInvocation } from './invocation.ts'
import { readBootId } from './journal/boot-id.ts'
import { runOperatorCommand } from './operator/run-command.ts'

try {
  const { configPath, command } = readInvocation(process.argv.slice(2))
  const config = await readClientConfig(configPath)
  if (command) {
    process.stdout.write(await runOperatorCommand(config, command))
    process.exit(0)
  }
  const log = createLog('print-client', config.logLevel).child({ facilityId: config.facilityId })
  const clients = { s3: createS3(), sqs: createSqs() }
  await run(log, (signal) => startClient({ config, ...clients, bootId: readBootId(), log, clock: systemClock, signal }))
} catch (error) {
  process.stderr.write(`${error instanceof Refused ? error.message : String(error)}\n`)
  process.exit(1)
}
