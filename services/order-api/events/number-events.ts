import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'

const Round = Type.Object({
  turn: Type.Integer(),
  isOurs: Type.Boolean(),
  numbered: Type.Integer(),
  queued: Type.Integer(),
})

/** What one round did; `isOurs` is false when nothing was new, or another worker was faster. */
export type Numbered = { readonly isOurs: boolean; readonly numbered: number; readonly queued: number }

/** Events numbered in one statement, each with its deliveries: at most 20 times as many rows. */
export const mostNumberedAtOnce = 500

/** 26 characters like every id, from the time of the event and the endpoint: the same delivery never has two. */
export const deliveryIdSql = (eventId: string, webhookId: string): string =>
  `'dlv_' || substr(${eventId}, 5, 10) || substr(md5(${webhookId} || ${eventId}), 1, 16)`

/**
 * Numbers what is committed and has no number yet, in the order in which it was written, and puts each event on its way to the
 * endpoints that want it: one statement, all or nothing. Gapless, and nobody who has read up to n misses an event that gets a
 * number below n later, because rounds follow each other: whoever moves the turn on holds its row until the end, and only moves it
 * on from a turn that it knew before it began, so that its view of the table holds all earlier rounds. Of two workers one finds the
 * turn gone and does nothing. `webhook.test` also goes to the endpoint that it names.
 */
const numberSql = `
  with round as (
    update event_sequencer set turn = turn + 1
    where turn = :turn::bigint and exists (select from events where account_sequence is null)
    returning turn
  ), batch as (
    select e.account_id, e.is_test, e.id, e.type, e.data, e.ordinal from round, events e
    where e.account_sequence is null order by e.ordinal limit :limit::int
  ), ends as (
    select w.account_id, w.is_test, (
      select coalesce(max(e.account_sequence), 0) from events e
      where e.account_id = w.account_id and e.is_test = w.is_test and e.account_sequence is not null) as highest
    from (select distinct account_id, is_test from batch) w
  ), placed as (
    select b.*, ends.highest + row_number() over (partition by b.account_id, b.is_test order by b.ordinal) as number
    from batch b join ends on ends.account_id = b.account_id and ends.is_test = b.is_test
  ), numbered as (
    update events e set account_sequence = p.number from placed p
    where e.account_id = p.account_id and e.id = p.id
    returning 1
  ), queued as (
    insert into webhook_deliveries (account_id, is_test, webhook_id, id, event_id, sequence, state, tries, attempts, log, next_at, created_at)
    select p.account_id, p.is_test, h.id, ${deliveryIdSql('p.id', 'h.id')}, p.id, p.number, 'pending', 0, 0, '[]'::jsonb,
      :now::timestamptz, :now::timestamptz
    from placed p join webhooks h on h.account_id = p.account_id and h.is_test = p.is_test and h.enabled
    where h.event_types @> '"*"'::jsonb or h.event_types @> to_jsonb(p.type)
      or (p.type = 'webhook.test' and p.data->>'webhook_id' = h.id)
    on conflict do nothing
    returning 1
  )
  select jsonb_build_object('turn', coalesce((select turn from round), (select turn from event_sequencer)),
    'isOurs', exists (select from round), 'numbered', (select count(*) from numbered),
    'queued', (select count(*) from queued)) as row`

/** Makes the rounds of one worker; any number of workers may make theirs at the same time. */
export function createSequencer(database: Database, now: () => Date): () => Promise<Numbered> {
  /** Unknown at first: the first round only learns it. */
  let turn = -1
  return async () => {
    const parameters = { turn, limit: mostNumberedAtOnce, now: now().toISOString() }
    const [round] = await database.rows(Round, numberSql, parameters)
    if (!round) throw new Error('A round of the sequencer gave no outcome')
    turn = round.turn
    return round
  }
}
