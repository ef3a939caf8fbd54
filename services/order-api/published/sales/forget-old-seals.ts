import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { salePathOf } from '#contracts/published/sale-paths.ts'
import { lockedSql } from '../locked-sql.ts'
import { subjects } from '../read/subjects.ts'
import type { Sealing } from './seal-sales.ts'

/** So long whoever reads sales may not know the key in front yet. */
const keptMilliseconds = 24 * 3_600_000
const rowsAtOnce = 500

const Row = Type.Object({ path: Type.String(), subject: Type.Unknown() })
const pageSql = `
  select jsonb_build_object('path', path, 'subject', subject) as row from documents
  where kind = 'sale' and path > :after::text order by path limit :limit::int`

const isOver = `d.path in (select path from old) and d.lease is null and d.wanted = d.written
  and exists (select from old join documents n on n.path = old.instead
    where old.path = d.path and n.sha256 is not null and n.wanted = n.written)
  and exists (select from published_release where name = 'sales' and fingerprint = :seal::text and at < :before::timestamptz)`
const forgetSql = `
  with old as (
    select * from jsonb_to_recordset(:old::jsonb) as old(path text, instead text)
  ), gone as (${lockedSql(isOver)}),
  forgotten as (delete from documents d using gone where d.path = gone.path returning 1)
  select to_jsonb(count(*)) as row from forgotten`

/**
 * Sales that an older key sealed are forgotten a day after the newest one came in front, once they lie where that one says. The check then
 * takes them away as what nothing names.
 */
export async function forgetOldSeals(
  { database, keyring: { sign }, now }: Pick<Sealing, 'database' | 'keyring' | 'now'>,
  seal: string,
): Promise<void> {
  const before = new Date(now().getTime() - keptMilliseconds).toISOString()
  for (let after = ''; ; ) {
    const page = await database.rows(Row, pageSql, { after, limit: rowsAtOnce })
    const old = page.flatMap(({ path, subject }) => {
      const { publicationId } = parse('subject of a sale', subjects.publication, subject)
      const instead = salePathOf(sign, publicationId)
      return path === instead ? [] : [{ path, instead }]
    })
    if (old.length > 0) await database.rows(Type.Integer(), forgetSql, { old: JSON.stringify(old), seal, before })
    const last = page.at(-1)
    if (!last || page.length < rowsAtOnce) return
    after = last.path
  }
}
