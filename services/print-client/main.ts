import { systemClock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { startClient } from './client.ts'
import { readClientConfig } from './config.ts'
import { enrol } from './credentials/enrol.ts'
import { openClients } from './credentials/open-clients.ts'
import { readInvocation } from './invocation.ts'
import { readBootId } from './journal/boot-id.ts'
import { createLine } from './line/line.ts'
import { watchS3, watchSqs } from './line/watch-client.ts'
import { runOperatorCommand } from './operator/run-command.ts'

/** Without `await` at the top: an executable of one file starts it as CommonJS. */
async function main(): Promise<void> {
  const invocation = readInvocation(process.argv.slice(2))
  if ('say' in invocation) return void process.stdout.write(invocation.say)
  if ('enrol' in invocation) return void process.stdout.write(await enrol(invocation.enrol, systemClock))
  const { configPath, command } = invocation
  const config = await readClientConfig(configPath)
  if (command) return void process.stdout.write(await runOperatorCommand(config, command))
  const log = createLog('print-client', config.logLevel).child({ facilityId: config.facilityId })
  const clients = await openClients(config.credentials, log, systemClock)
  const line = createLine(systemClock, log)
  watchS3(clients.s3, line)
  watchSqs(clients.sqs, line)
  await run(log, (signal) =>
    startClient({ config, ...clients, line, bootId: readBootId(), log, clock: systemClock, signal }),
  )
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Refused ? error.message : String(error)}\n`)
  process.exitCode = 1
})
