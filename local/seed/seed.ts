import { RDSDataClient } from '@aws-sdk/client-rds-data'
import { Type } from 'typebox'
import { systemClock } from '#chassis/clock.ts'
import { createDatabase, type Database } from '#chassis/database.ts'
import { createLog } from '#chassis/log.ts'
import type { Facility } from '#contracts/facility.ts'
import { hashOfApiKey } from '../../services/order-api/auth/api-key.ts'
import { makeIdAt } from '../../services/order-api/orders/make-id.ts'
import { migrate } from '../../services/order-api/store/migrate.ts'
import { type Keys, rememberedKeys } from './keys.ts'

export type Seed = {
  /** Where the test account's keys are kept in the clear: only their hashes are in the database. */
  readonly dataFolder: string
  readonly environment: Readonly<Record<string, string>>
  readonly facilities: readonly Facility[]
}

/**
 * Tables, the test account with its two keys, and the facilities, as they should be; safe to run at every start.
 * The local queue forgets everything when it stops: tickets that nobody answered are due at once.
 */
export async function seed({ dataFolder, environment, facilities }: Seed): Promise<Keys> {
  const database = databaseOf(environment)
  await migrate(database, createLog('seed', 'warn'))
  const keys = await rememberedKeys(dataFolder)
  await database.rows(Type.Unknown(), seedSql, {
    account: makeIdAt(systemClock.now)('account'),
    secret: hashOfApiKey(keys.secretKey),
    secretEnd: keys.secretKey.slice(-4),
    publishable: hashOfApiKey(keys.publishableKey),
    publishableEnd: keys.publishableKey.slice(-4),
    facilities: JSON.stringify(facilities),
    at: systemClock.now().toISOString(),
  })
  return keys
}

const seedSql = `
  with account as (
    insert into accounts (id, name, created_at)
    select coalesce((select account_id from api_keys where sha256 = :secret::text), :account::text), 'Test account', :at::timestamptz
    on conflict (id) do update set name = excluded.name
    returning id
  ), keys as (
    insert into api_keys (sha256, account_id, kind, is_test, last_four, created_at)
    select k.sha256, account.id, k.kind, true, k.last_four, :at::timestamptz
    from account, (values (:secret::text, 'secret', :secretEnd::text), (:publishable::text, 'publishable', :publishableEnd::text))
      as k(sha256, kind, last_four)
    on conflict do nothing
  ), places as (
    insert into facilities (id, doc) select f->>'id', f from jsonb_array_elements(:facilities::jsonb) as f
    on conflict (id) do update set doc = excluded.doc
  ), gone as (
    delete from facilities where id not in (select f->>'id' from jsonb_array_elements(:facilities::jsonb) as f)
  ), doorbells as (
    update tickets set ring_at = :at::timestamptz where answered_at is null
  )
  select jsonb_build_object('id', id) as row from account`

function databaseOf(environment: Readonly<Record<string, string>>): Database {
  const value = (name: string): string => {
    const found = environment[name]
    if (found === undefined) throw new Error(`${name} is missing in the environment of the seed`)
    return found
  }
  // The supervisor's own environment names no cloud: its client is told where the local one is.
  const client = new RDSDataClient({
    region: value('AWS_REGION'),
    endpoint: value('AWS_ENDPOINT_URL_RDS_DATA'),
    credentials: { accessKeyId: value('AWS_ACCESS_KEY_ID'), secretAccessKey: value('AWS_SECRET_ACCESS_KEY') },
  })
  return createDatabase(client, {
    DATABASE_RESOURCE_ARN: value('DATABASE_RESOURCE_ARN'),
    DATABASE_SECRET_ARN: value('DATABASE_SECRET_ARN'),
    DATABASE_NAME: value('DATABASE_NAME'),
  })
}
