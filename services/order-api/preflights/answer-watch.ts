import { Type } from 'typebox'
import type { Clock } from '#chassis/clock.ts'
import type { Database } from '#chassis/database.ts'

export type PreflightKey = { readonly account: string; readonly isTest: boolean; readonly id: string }

/** Waits for preflights that may be over in a moment. */
export type AnswerWatch = {
  /** Resolves once it no longer runs, or when the time is over; at once where too many wait already. Whoever waited looks. */
  readonly untilAnswered: (key: PreflightKey, milliseconds: number) => Promise<void>
}

const everyMilliseconds = 50
/** One that waits is a request in hand: more of them would keep others out. Whoever does not wait asks again. */
const mostWaiting = 16

const doneSql = `select jsonb_build_object('id', p.id) as row
  from jsonb_to_recordset(:wanted::jsonb) as w(account text, "isTest" boolean, id text)
  join preflights p on p.account_id = w.account and p.is_test = w."isTest" and p.id = w.id
  where p.status <> 'running'`
const Done = Type.Object({ id: Type.String() })

/** One look at the database for all who wait, twenty times a second while there is somebody. */
export function createAnswerWatch(database: Database, clock: Pick<Clock, 'sleep'>): AnswerWatch {
  const waiting = new Map<string, { readonly key: PreflightKey; readonly tell: () => void }>()
  let isLooking = false

  const look = async (): Promise<void> => {
    isLooking = true
    try {
      for (await clock.sleep(everyMilliseconds); waiting.size > 0; await clock.sleep(everyMilliseconds)) {
        const wanted = JSON.stringify([...waiting.values()].map(({ key }) => key))
        for (const { id } of await database.rows(Done, doneSql, { wanted })) waiting.get(id)?.tell()
      }
    } finally {
      isLooking = false
      // Where the database does not answer, each finds out for itself and says so.
      for (const { tell } of waiting.values()) tell()
    }
  }

  return {
    untilAnswered: async (key, milliseconds) => {
      if (waiting.size >= mostWaiting) return
      const over = new AbortController()
      const answered = new Promise<void>((tell) => waiting.set(key.id, { key, tell }))
      if (!isLooking) look().catch(() => undefined)
      try {
        await Promise.race([answered, clock.sleep(milliseconds, over.signal)])
      } finally {
        waiting.delete(key.id)
        over.abort()
      }
    },
  }
}
