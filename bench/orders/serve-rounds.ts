import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { runLoad } from './load.ts'

export const RoundRequest = Type.Object({ count: Type.Integer({ minimum: 1 }), atOnce: Type.Integer({ minimum: 1 }) })

/**
 * Runs a round of load for each message of the parent and answers with its Load. `prepare` makes what the calls
 * send, before the clock runs. Any failure ends the process; the end of the parent does too.
 */
export function serveRounds(prepare: (count: number) => Promise<(index: number) => Promise<void>>): void {
  process.once('disconnect', () => process.exit())
  process.on('message', (message) => {
    void answer(message)
  })
  process.send?.('ready')

  async function answer(message: unknown): Promise<void> {
    const { count, atOnce } = parse('round', RoundRequest, message)
    const call = await prepare(count)
    process.send?.(await runLoad(count, atOnce, call))
  }
}
