import { Type } from 'typebox'
import { systemClock } from '#chassis/clock.ts'
import type { Database } from '#chassis/database.ts'
import type { Facility } from '#contracts/facility.ts'
import { checkoutScopes } from '#contracts/order-api/scopes.ts'
import type { PriceBook } from '#contracts/prices/price-book.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { checkoutAccountName } from '../../services/order-api/accounts/checkout-account.ts'
import { hashOfApiKey } from '../../services/order-api/auth/api-key.ts'
import { makeIdAt } from '../../services/order-api/orders/make-id.ts'
import { documentsOfCurrency, facilitiesDocument } from '../../services/order-api/published/documents-of.ts'
import { spreadParameters, touchAndSpreadSql, touchParameters } from '../../services/order-api/published/touch-sql.ts'
import type { Keys } from './keys.ts'

export type Filling = {
  readonly keys: Keys
  readonly facilities: readonly Facility[]
  readonly priceBooks: readonly PriceBook[]
}

/**
 * Writes what a local platform begins with, all or nothing; what is there already stays, and keeps its account: a facility that the operator
 * paused, edited or added is as it was left. Everything that shows other facilities or prices than before is published anew.
 */
export async function fillDatabase(database: Database, { keys, facilities, priceBooks }: Filling): Promise<void> {
  const at = systemClock.now()
  const currencies = [...new Set(priceBooks.map(({ currency }) => currency))]
  await database.rows(Type.Unknown(), seedSql, {
    account: makeIdAt(systemClock.now)('account'),
    keys: JSON.stringify(keyRows(keys)),
    checkout: makeIdAt(systemClock.now)('account'),
    checkoutName: checkoutAccountName,
    checkoutKeys: JSON.stringify(checkoutKeyRows(keys)),
    checkoutScopes: JSON.stringify(['checkout:act', ...checkoutScopes]),
    former: hashOfApiKey(keys.formerSecretKey ?? ''),
    facilities: JSON.stringify(facilities),
    priceBooks: JSON.stringify(priceBooks),
    at: at.toISOString(),
    ...touchParameters([facilitiesDocument, ...currencies.flatMap(documentsOfCurrency)], at),
    ...spreadParameters(['facilities', ...currencies.map(tagOf.prices)], at),
  })
}

const keyRows = ({ secretKey, publishableKey, liveSecretKey }: Keys) =>
  rowsOf([
    { key: secretKey, kind: 'secret', isTest: true, name: 'local test key' },
    { key: publishableKey, kind: 'publishable', isTest: true, name: 'local page key' },
    { key: liveSecretKey, kind: 'secret', isTest: false, name: 'local live key' },
  ])

const checkoutKeyRows = ({ checkoutLiveKey, checkoutTestKey }: Keys) =>
  rowsOf([
    { key: checkoutLiveKey, kind: 'secret', isTest: false, name: 'local checkout' },
    { key: checkoutTestKey, kind: 'secret', isTest: true, name: 'local checkout' },
  ])

type NamedKey = { readonly key: string; readonly kind: string; readonly isTest: boolean; readonly name: string }

const rowsOf = (keys: readonly NamedKey[]) =>
  keys.map(({ key, ...row }) => ({
    ...row,
    id: makeIdAt(systemClock.now)('key'),
    sha256: hashOfApiKey(key),
    lastFour: key.slice(-4),
  }))

const seedSql = `
  with wanted as (
    select * from jsonb_to_recordset(:keys::jsonb)
      as k(id text, sha256 text, kind text, "isTest" boolean, name text, "lastFour" text)
  ), account as (
    insert into accounts (id, name, created_at)
    select coalesce((
      select account_id from api_keys where sha256 = :former::text or sha256 in (select sha256 from wanted) limit 1
    ), :account::text), 'Test account', :at::timestamptz
    on conflict (id) do update set name = accounts.name
    returning id
  ), keys as (
    insert into api_keys (account_id, is_test, id, sha256, kind, last_four, name, created_at, slot)
    select account.id, k."isTest", k.id, k.sha256, k.kind, k."lastFour", k.name, :at::timestamptz, 1 from account, wanted k
    on conflict do nothing
  ), sellers as (
    select * from jsonb_to_recordset(:checkoutKeys::jsonb)
      as k(id text, sha256 text, kind text, "isTest" boolean, name text, "lastFour" text)
  ), checkout as (
    insert into accounts (id, name, created_at)
    select coalesce((
      select account_id from api_keys where sha256 in (select sha256 from sellers) limit 1
    ), :checkout::text), :checkoutName::text, :at::timestamptz
    on conflict (id) do update set name = accounts.name
    returning id
  ), checkout_keys as (
    insert into api_keys (account_id, is_test, id, sha256, kind, last_four, name, scopes, created_at, slot)
    select checkout.id, k."isTest", k.id, k.sha256, k.kind, k."lastFour", k.name, :checkoutScopes::jsonb, :at::timestamptz, 1
    from checkout, sellers k
    on conflict do nothing
  ), places as (
    insert into facilities (id, doc) select f->>'id', f from jsonb_array_elements(:facilities::jsonb) as f
    on conflict (id) do nothing
    returning id
  ), prices as (
    insert into price_books (facility_id, currency, valid_from, doc)
    select b->>'facilityId', b->>'currency', (b->>'validFrom')::date, b from jsonb_array_elements(:priceBooks::jsonb) as b
    on conflict (facility_id, currency, valid_from) do update set doc = excluded.doc where price_books.doc <> excluded.doc
    returning facility_id as id
  ), moved as (
    select id from places union all select id from prices
  ), ${touchAndSpreadSql('moved')}, doorbells as (
    update tickets set ring_at = :at::timestamptz where answered_at is null
  ), preflight_doorbells as (
    update preflights set ring_at = :at::timestamptz where status = 'running'
  )
  select jsonb_build_object('id', id) as row from account`
