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

/** Without `await` at the top: an executable of one file starts it as CommonJS. */
async function main(): Promise<void> {
  const invocation = readInvocation(process.argv.slice(2))
  if ('say' in invocation) return void process.stdout.write(invocation.say)
  const { configPath, command } = invocation
  const config = await readClientConfig(configPath)
  if (command) return void process.stdout.write(await runOperatorCommand(config, command))
  const log = createLog('print-client', config.logLevel).child({ facilityId: config.facilityId })
  const clients = { s3: createS3(), sqs: createSqs() }
  await run(log, (signal) => startClient({ config, ...clients, bootId: readBootId(), log, clock: systemClock, signal }))
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Refused ? error.message : String(error)}\n`)
  process.exitCode = 1
})
