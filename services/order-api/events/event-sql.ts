import type { SqlValue } from '#chassis/database.ts'
import type { EventType } from '#contracts/event-types.ts'

/** Something that happened in an account and is about no order. `data` holds ids and codes, never a name or an address. */
export type AccountNews = {
  readonly accountId: string
  readonly isTest: boolean
  /** Made by the caller, so that a retried insert is harmless. */
  readonly id: string
  readonly type: EventType
  readonly at: Date
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * Part of a statement named `told`: writes one event, when the part named `when` has a row. It reads the parameters `account`,
 * `isTest` and those of `eventParameters`. The sequencer gives it its place in the account's log.
 */
export const eventSql = (when: string): string => `told as (
    insert into events (account_id, is_test, id, type, at, data)
    select :account::text, :isTest::boolean, :eventId::text, :eventType::text, :eventAt::timestamptz, :eventData::jsonb
    where exists (select from ${when})
    on conflict do nothing
  )`

export const eventParameters = ({
  id,
  type,
  at,
  data,
}: Omit<AccountNews, 'accountId' | 'isTest'>): Readonly<Record<string, SqlValue>> => ({
  eventId: id,
  eventType: type,
  eventAt: at.toISOString(),
  eventData: JSON.stringify(data),
})

/** Like `eventSql`, for all that one statement has to tell, in its order. It reads the parameters `account`, `isTest` and those of `eventsParameters`. */
export const eventsSql = (when: string): string => `told as (
    insert into events (account_id, is_test, id, type, at, data)
    select :account::text, :isTest::boolean, e.value->>'id', e.value->>'type', :eventsAt::timestamptz, e.value->'data'
    from jsonb_array_elements(:events::jsonb) with ordinality as e(value, place)
    where exists (select from ${when})
    order by e.place
    on conflict do nothing
  )`

export const eventsParameters = (
  events: readonly Omit<AccountNews, 'accountId' | 'isTest' | 'at'>[],
  at: Date,
): Readonly<Record<string, SqlValue>> => ({ events: JSON.stringify(events), eventsAt: at.toISOString() })
