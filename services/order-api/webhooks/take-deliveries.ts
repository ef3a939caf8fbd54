import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { isoTime } from '../store/order-rows.ts'
import { SealedSecrets } from './secrets.ts'

const text = Type.String()
const Taken = Type.Object({
  accountId: text,
  isTest: Type.Boolean(),
  webhookId: text,
  id: text,
  tries: Type.Integer(),
  url: text,
  secrets: SealedSecrets,
  failingSince: Type.Union([text, Type.Null()]),
  event: Type.Object({
    id: text,
    sequence: Type.Integer(),
    type: text,
    at: text,
    orderId: Type.Union([text, Type.Null()]),
    ids: Type.Record(text, text),
  }),
})

/** A delivery in hand: nobody else sends it until the lease ends, and only the holder of `lease` says what became of it. */
export type TakenDelivery = Static<typeof Taken> & { readonly lease: string }

/** Longer than any attempt takes: after that the worker is thought to be dead. */
export const leaseSeconds = 40

/**
 * Takes what is due: of each enabled endpoint the longest due ones, as many as it may have in hand in all workers together.
 * Accounts take turns, and whoever has least in hand comes first: neither a long row of events nor slow answers of one account hold
 * up another. The endpoints are found by leaping from one to the next in the index: the cost goes with endpoints that wait, not with
 * what waits.
 */
const takeSql = `
  with recursive waiting as (
    (select account_id, is_test, webhook_id from webhook_deliveries where state = 'pending'
      order by account_id, is_test, webhook_id limit 1)
    union all
    select n.account_id, n.is_test, n.webhook_id from waiting w cross join lateral (
      select d.account_id, d.is_test, d.webhook_id from webhook_deliveries d
      where d.state = 'pending' and (d.account_id, d.is_test, d.webhook_id) > (w.account_id, w.is_test, w.webhook_id)
      order by d.account_id, d.is_test, d.webhook_id limit 1) n
  ), due as (
    select d.* from waiting w
    join webhooks h on h.account_id = w.account_id and h.is_test = w.is_test and h.id = w.webhook_id
      and h.enabled and (h.failing_since is not null) = :isFailing::boolean
    cross join lateral (
      select d.account_id, d.is_test, d.webhook_id, d.id, d.next_at, d.sequence from webhook_deliveries d
      where d.account_id = h.account_id and d.is_test = h.is_test and d.webhook_id = h.id
        and d.state = 'pending' and d.next_at <= :now::timestamptz
      order by d.next_at, d.sequence
      limit greatest(0, :each::int - (
        select count(*) from webhook_deliveries l where l.account_id = h.account_id and l.is_test = h.is_test
          and l.webhook_id = h.id and l.lease is not null and l.next_at > :now::timestamptz))
      for update skip locked) d
  ), placed as (
    select d.*, coalesce((:inHand::jsonb->>d.account_id)::int, 0)
      + row_number() over (partition by d.account_id order by d.next_at, d.sequence) as turn
    from due d
  ), chosen as (
    select p.* from placed p where p.turn <= :ofAccount::int
    order by p.turn, p.next_at, p.sequence limit :limit::int
  ), taken as (
    update webhook_deliveries d set lease = :lease::text, next_at = :leaseEnds::timestamptz
    from chosen due where d.account_id = due.account_id and d.is_test = due.is_test and d.webhook_id = due.webhook_id and d.id = due.id
    returning d.*
  )
  select jsonb_build_object('accountId', d.account_id, 'isTest', d.is_test, 'webhookId', d.webhook_id, 'id', d.id,
    'tries', d.tries, 'url', h.url, 'secrets', h.secrets, 'failingSince', ${isoTime('h.failing_since')},
    'event', jsonb_build_object('id', e.id, 'sequence', e.account_sequence, 'type', e.type, 'at', ${isoTime('e.at')},
      'orderId', e.order_id, 'ids', (
        select coalesce(jsonb_object_agg(key, value), '{}'::jsonb) from jsonb_each(e.data)
        where right(key, 3) = '_id' and jsonb_typeof(value) = 'string'))) as row
  from taken d
  join webhooks h on h.account_id = d.account_id and h.is_test = d.is_test and h.id = d.webhook_id
  join events e on e.account_id = d.account_id and e.id = d.event_id
  order by d.sequence`

export type Wanted = {
  /** Of endpoints where the last attempt failed, or of those where it did not. */
  readonly isFailing: boolean
  /** Most in hand of one endpoint. */
  readonly each: number
  /** Most in hand of one account, in this worker. */
  readonly ofAccount: number
  /** What this worker has in hand, by account. */
  readonly inHand: Readonly<Record<string, number>>
  readonly limit: number
  /** Names this taking, and no other. */
  readonly lease: string
  readonly now: Date
}

/** Deliveries to be attempted now; each taken by one worker only. */
export async function takeDeliveries(
  database: Database,
  { now, inHand, ...wanted }: Wanted,
): Promise<readonly TakenDelivery[]> {
  const taken = await database.rows(Taken, takeSql, {
    ...wanted,
    inHand: JSON.stringify(inHand),
    now: now.toISOString(),
    leaseEnds: new Date(now.getTime() + leaseSeconds * 1000).toISOString(),
  })
  return taken.map((delivery) => ({ ...delivery, lease: wanted.lease }))
}
