import { type Static, Type } from 'typebox'
import { type Database, RuleBroken } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import { mostLiveKeysOfAName, mostLiveKeysOfAWorld } from '#contracts/order-api/api-key.ts'
import type { Scope } from '#contracts/order-api/scopes.ts'
import type { KeyKind } from '../auth/api-key.ts'
import { touchButtonsSql } from '../published/touch-sql.ts'
import { isoTime } from '../store/order-rows.ts'
import type { Owner } from '../store/order-store.ts'

const OptionalTime = Type.Union([Type.String(), Type.Null()])
const StoredKey = Type.Object({
  id: Type.String(),
  name: Type.String(),
  kind: Type.Enum(['secret', 'publishable']),
  isTest: Type.Boolean(),
  lastFour: Type.String(),
  /** Null: everything that a key of its kind may do. */
  scopes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  createdAt: Type.String(),
  expiresAt: OptionalTime,
  lastUsedAt: OptionalTime,
  revokedAt: OptionalTime,
})
export type StoredKey = Static<typeof StoredKey>

export type KeyToMake = {
  readonly id: string
  readonly name: string
  readonly kind: KeyKind
  readonly sha256: string
  readonly lastFour: string
  readonly scopes: readonly Scope[] | null
  readonly expiresAt: string | null
}

export type KeyStore = {
  /** Newest first, below `before`, revoked ones too. */
  readonly list: (owner: Owner, before: string | undefined, limit: number) => Promise<StoredKey[]>
  /** The key as stored, or undefined where as many as allowed are live already. */
  readonly insert: (owner: Owner, key: KeyToMake, at: Date) => Promise<StoredKey | undefined>
  /** The key, now revoked (also when it was before), `last` where its world would have no key left to make keys, or undefined. */
  readonly revoke: (owner: Owner, id: string, at: Date) => Promise<StoredKey | 'last' | undefined>
}

/** How often a statement is tried again because another one came first: each time at least one of them was done. */
const mostTries = 5

export function createKeyStore(database: Database): KeyStore {
  return {
    list: ({ accountId, isTest }, before = afterAll, limit) =>
      database.rows(StoredKey, listSql, { account: accountId, isTest, before, limit }),
    insert: async ({ accountId, isTest }, { scopes, ...key }, at) => {
      const parameters = { account: accountId, isTest, ...key, ...moment(at), ...most }
      for (let tries = 0; tries < mostTries; tries += 1) {
        try {
          const given = scopes === null ? null : JSON.stringify(scopes)
          return (await database.rows(StoredKey, insertSql, { ...parameters, scopes: given }))[0]
        } catch (error) {
          if (!(error instanceof RuleBroken) || error.rule !== 'api_keys_slot') throw error
        }
      }
      throw new Transient('Other keys of this name are being made')
    },
    revoke: async ({ accountId, isTest }, id, at) => {
      const parameters = { account: accountId, isTest, id, ...moment(at), making: '["keys:write"]' }
      for (let tries = 0; ; tries += 1) {
        const [found] = await database.rows(
          Type.Object({ isLast: Type.Boolean(), key: StoredKey }),
          revokeSql,
          parameters,
        )
        if (!found?.isLast) return found?.key
        // It may also have been revoked by another request in between, which the second look shows.
        if (tries > 0) return 'last'
      }
    },
  }
}

/** Above every id that can exist: the start of a list. */
const afterAll = 'key_~'
const moment = (at: Date) => ({ at: at.toISOString(), touchedAt: at.toISOString() })
const most = { mostOfName: mostLiveKeysOfAName, mostOfWorld: mostLiveKeysOfAWorld }

const keyOf = (k: string): string => `jsonb_build_object('id', ${k}.id, 'name', ${k}.name, 'kind', ${k}.kind,
  'isTest', ${k}.is_test, 'lastFour', ${k}.last_four, 'scopes', ${k}.scopes, 'createdAt', ${isoTime(`${k}.created_at`)},
  'expiresAt', ${isoTime(`${k}.expires_at`)}, 'lastUsedAt', ${isoTime(`${k}.last_used_at`)},
  'revokedAt', ${isoTime(`${k}.revoked_at`)})`
const ofWorld = 'k.account_id = :account::text and k.is_test = :isTest::boolean'
const isLive = 'k.revoked_at is null and (k.expires_at is null or k.expires_at > :at::timestamptz)'

const listSql = `select ${keyOf('k')} as row from api_keys k
  where ${ofWorld} and k.id < :before::text order by k.id desc limit :limit::int`

/**
 * A name has two places; the unique index on them is what holds under concurrency. Expired keys give theirs back first.
 * The number in a whole world is only counted: two requests at the same moment may pass it by one.
 */
const insertSql = `
  with freed as (
    update api_keys k set slot = null
    where ${ofWorld} and k.kind = :kind::text and k.name = :name::text and k.slot is not null and not (${isLive})
    returning 1
  ), taken as (
    select k.slot from api_keys k
    where ${ofWorld} and k.kind = :kind::text and k.name = :name::text and k.slot is not null and ${isLive}
  ), room as (
    select min(place) as slot from generate_series(1, :mostOfName::int) as place where place not in (select slot from taken)
  ), world as (
    select count(*) as live from api_keys k where ${ofWorld} and ${isLive}
  ), made as (
    insert into api_keys
      (account_id, is_test, id, sha256, kind, last_four, name, scopes, expires_at, created_at, slot)
    select :account::text, :isTest::boolean, :id::text, :sha256::text, :kind::text, :lastFour::text, :name::text,
      :scopes::jsonb, :expiresAt::timestamptz, :at::timestamptz, room.slot
    from room, world, (select count(*) from freed) as given_back
    where room.slot is not null and world.live < :mostOfWorld::int
    returning *
  ), ${touchButtonsSql('made')}
  select ${keyOf('k')} as row from made k`

/**
 * Locks every key that can make keys, in one order, before it counts them: of two that revoke each other the second one sees
 * that the first is gone.
 */
const revokeSql = `
  with makers as (
    select k.id from api_keys k
    where ${ofWorld} and k.kind = 'secret' and ${isLive} and (k.scopes is null or k.scopes @> :making::jsonb)
    order by k.id for update
  ), counted as (
    select count(*) filter (where id = :id::text) as itself, count(*) filter (where id <> :id::text) as others from makers
  ), revoked as (
    update api_keys k set revoked_at = :at::timestamptz, slot = null
    from counted
    where ${ofWorld} and k.id = :id::text and k.revoked_at is null and (counted.itself = 0 or counted.others > 0)
    returning k.*
  ), ${touchButtonsSql('revoked')}, shown as (
    select r.*, false as is_last from revoked r
    union all
    select k.*, k.revoked_at is null from api_keys k
    where ${ofWorld} and k.id = :id::text and not exists (select from revoked)
  )
  select jsonb_build_object('isLast', k.is_last, 'key', ${keyOf('k')}) as row from shown k`
