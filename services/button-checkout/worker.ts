import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import type { CheckoutWorkerEnvironment } from '#contracts/environment.ts'
import { followSales } from './orders/follow-sales.ts'
import { mostOfASweep, sweep } from './orders/sweep.ts'
import type { WorkerContext } from './worker-context.ts'
import { workerSteps } from './worker-steps.ts'

/** An alarm waits for the lack of this event: a worker that stands still forgets customers who paid. */
const heartbeatMilliseconds = 60_000

type Config = Pick<CheckoutWorkerEnvironment, 'SWEEP_SECONDS' | 'ORDER_API_LIVE_KEY' | 'ORDER_API_TEST_KEY'>

/**
 * Looks for checkouts that wait for something, and follows the news of their orders. Any number of workers may run; each thing is done once.
 * `drain` waits for what is in hand.
 */
export function startWorker(config: Config, context: WorkerContext, signal: AbortSignal): Running {
  const { money } = context
  const { log } = money
  const steps = workerSteps(context)
  const everyMilliseconds = config.SWEEP_SECONDS * 1000
  let swept = 0
  const loops: Readonly<Record<string, () => Promise<void>>> = {
    sweep: async () => {
      let last: number
      do {
        last = await sweep(money, steps, signal)
        swept += last
        // After a bad day thousands are due: no pause between them.
      } while (last === mostOfASweep && !signal.aborted)
    },
    follow_live_sales: () => followSales(money, false),
    follow_test_sales: () => followSales(money, true),
  }
  const beat = async (): Promise<void> => {
    log.info({ swept }, 'heartbeat')
    swept = 0
  }
  const running = [
    ...Object.entries(loops).map(([name, work]) => repeat({ name, everyMilliseconds, signal, log, work })),
    repeat({ name: 'heartbeat', everyMilliseconds: heartbeatMilliseconds, signal, log, work: beat }),
  ]
  return {
    drain: async () => {
      await Promise.all(running)
    },
  }
}
