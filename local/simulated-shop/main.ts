import { Type } from 'typebox'
import { ConfigError, readConfig } from '#chassis/config.ts'
import { createLog } from '#chassis/log.ts'
import { run } from '#chassis/run.ts'
import { readFacilities } from './read-facilities.ts'
import { startSimulatedShop } from './start.ts'

const Environment = Type.Object({
  FACILITIES: Type.String({ description: 'JSON list of { facilityId, hotFolder, statusFolder }' }),
  STEP_MILLISECONDS: Type.Number({ minimum: 1, default: 400, description: 'between two steps of a job' }),
  DELIVERY_STEPS: Type.Number({ minimum: 1, default: 5, description: 'steps from shipped to delivered' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error'], { default: 'info', description: 'least level' }),
})

try {
  const config = readConfig(Environment)
  const facilities = readFacilities(config.FACILITIES)
  const log = createLog('simulated-shop', config.LOG_LEVEL)
  await run(log, async () => {
    const { STEP_MILLISECONDS: stepMilliseconds, DELIVERY_STEPS: deliverySteps } = config
    const shop = await startSimulatedShop({ facilities, stepMilliseconds, deliverySteps, log })
    return { drain: shop.close }
  })
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`)
  process.exit(1)
}
