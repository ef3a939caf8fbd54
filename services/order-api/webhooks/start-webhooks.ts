import { repeat } from '#chassis/repeat.ts'
import type { Running } from '#chassis/run.ts'
import { createSequencer } from '../events/number-events.ts'
import { createBell } from './bell.ts'
import { forgetOldDeliveries } from './deliveries.ts'
import { lanes, type Sending, sendLane } from './send-lane.ts'

export type Webhooks = Sending & { readonly signal: AbortSignal }

/** Between two rounds of the sequencer: while there is news, and after a while without. */
const newsMilliseconds = 250
const quietMilliseconds = 1_000
/** So many rounds without news make it quiet. */
const quietAfterRounds = 40
const forgetEveryMilliseconds = 3_600_000

/** Numbers events and sends webhooks until `signal` aborts; `drain` waits for what is in hand. Any number of workers may do so. */
export function startWebhooks({ signal, ...sending }: Webhooks): Running & { readonly look: () => void } {
  const { log, database, now } = sending
  const laneBells = lanes.map((lane) => ({ lane, bell: createBell() }))
  const newsBell = createBell()
  const ring = (): void => {
    for (const { bell } of laneBells) bell.ring()
  }
  const working = [
    keepNumbering({ ...sending, signal }, newsBell, ring),
    ...laneBells.map(({ lane, bell }) => sendLane(sending, lane, bell, signal)),
    repeat({
      name: 'forget_deliveries',
      everyMilliseconds: forgetEveryMilliseconds,
      signal,
      log,
      work: async () => void (await forgetOldDeliveries(database, now())),
    }),
  ]
  return {
    look: () => {
      newsBell.ring()
      ring()
    },
    drain: async () => void (await Promise.all(working)),
  }
}

async function keepNumbering(
  { database, now, log, signal }: Webhooks,
  bell: ReturnType<typeof createBell>,
  tell: () => void,
) {
  const number = createSequencer(database, now)
  let quietRounds = 0
  while (!signal.aborted) {
    try {
      const { isOurs, numbered, queued } = await number()
      quietRounds = isOurs ? 0 : quietRounds + 1
      if (queued > 0) tell()
      if (numbered > 0 && isOurs) continue
    } catch (error) {
      log.warn({ err: error }, 'numbering_failed')
    }
    await bell.heard(quietRounds < quietAfterRounds ? newsMilliseconds : quietMilliseconds, signal)
  }
}
