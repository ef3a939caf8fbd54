import { systemClock } from '#chassis/clock.ts'
import { ConfigError } from '#chassis/config.ts'
import { exitCodes, OperatorFault } from '../../services/order-api/operator/operator-fault.ts'
import { runOperator } from '../../services/order-api/operator/run-operator.ts'
import { connectApi } from './connect-api.ts'
import { connectClaims } from './connect-claims.ts'
import { connectDatabase } from './connect-database.ts'
import { connectStores } from './connect-stores.ts'

/** `npm run operator`: see services/order-api/operator/help.ts. */
try {
  process.stdout.write(
    await runOperator(
      process.argv.slice(2),
      connectDatabase,
      systemClock.now,
      connectClaims,
      connectStores,
      connectApi,
    ),
  )
} catch (error) {
  process.exitCode = error instanceof OperatorFault ? error.exitCode : exitCodes.software
  process.stderr.write(`${wordsOf(error)}\n`)
}

function wordsOf(error: unknown): string {
  if (error instanceof OperatorFault) return error.lines.join('\n')
  if (error instanceof ConfigError) return error.message
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `This is a fault of Printcloud: ${words}\nPlease report it with this text.`
}
