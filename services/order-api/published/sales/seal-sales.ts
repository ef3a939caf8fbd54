import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import type { Keyring } from '#chassis/keyring.ts'
import { saleDocument } from '../../publications/publication-documents.ts'
import type { Publishing } from '../publishing.ts'
import { type DocumentRef, touchParameters, touchSql } from '../touch-sql.ts'
import { forgetOldSeals } from './forget-old-seals.ts'

export type Sealing = Pick<Publishing, 'database' | 'log' | 'now'> & { readonly keyring: Pick<Keyring, 'sign'> }

const publicationsAtOnce = 500

const Subject = Type.Object({ accountId: Type.String(), isTest: Type.Boolean(), publicationId: Type.String() })
const pageSql = `
  select jsonb_build_object('accountId', account_id, 'isTest', is_test, 'publicationId', id) as row from publications
  where id > :after::text and published_version is not null and deleted_at is null order by id limit :limit::int`

/**
 * Sees to it that what is published has its sale document where the newest master key says: also what was published before there were any, or
 * under a key before. Those of an older key stay for a day, until everyone who reads them knows the new one. Safe to run anywhere, twice.
 */
export async function sealSales(sealing: Sealing): Promise<void> {
  const { database, keyring, log, now } = sealing
  if (!(await holdSeal(sealing))) return
  let sealed = 0
  for (let after = ''; ; ) {
    const page = await database.rows(Subject, pageSql, { after, limit: publicationsAtOnce })
    sealed += await touchMissing(
      database,
      page.map((subject) => saleDocument(keyring, subject)),
      now(),
    )
    const last = page.at(-1)
    if (!last || page.length < publicationsAtOnce) break
    after = last.publicationId
  }
  if (sealed > 0) log.info({ sales: sealed }, 'sales_sealed')
  await forgetOldSeals(sealing, sealOf(sealing))
}

/** Names the newest key, and tells nothing of it. */
const sealOf = ({ keyring }: Sealing): string =>
  createHash('sha256').update(keyring.sign('sale', 'which key')).digest('hex')

const claimSql = `
  insert into published_release (name, fingerprint, at) values ('sales', :seal::text, :now::timestamptz)
  on conflict (name) do update set fingerprint = excluded.fingerprint, at = excluded.at
    where published_release.fingerprint <> excluded.fingerprint
  returning to_jsonb(name) as row`

/** To be called once by each worker that starts: the key that it has in front is the one that seals from now on. */
export async function claimSeal(sealing: Sealing): Promise<void> {
  await sealing.database.rows(Type.String(), claimSql, { seal: sealOf(sealing), now: sealing.now().toISOString() })
}

const holdsSql = `select to_jsonb(true) as row from published_release where name = 'sales' and fingerprint = :seal::text`

/** False for a worker that started before the new key came: what it would seal is of an older one. */
async function holdSeal(sealing: Sealing): Promise<boolean> {
  const [holds = false] = await sealing.database.rows(Type.Boolean(), holdsSql, { seal: sealOf(sealing) })
  return holds
}

const missingSql = `
  select to_jsonb(path) as row from jsonb_array_elements_text(:paths::jsonb) as wanted(path)
  where not exists (select from documents d where d.path = wanted.path)`
const touchedSql = `with always as (select 1), ${touchSql('always')} select to_jsonb(1) as row`

/** One that was deleted meanwhile comes to nothing when it is rendered. */
async function touchMissing(database: Database, sales: readonly DocumentRef[], now: Date): Promise<number> {
  const paths = JSON.stringify(sales.map(({ path }) => path))
  const missing = new Set(await database.rows(Type.String(), missingSql, { paths }))
  if (missing.size === 0) return 0
  const documents = sales.filter(({ path }) => missing.has(path))
  await database.rows(Type.Integer(), touchedSql, touchParameters(documents, now))
  return missing.size
}
