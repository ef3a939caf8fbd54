import { randomUUID } from 'node:crypto'
import { Type } from 'typebox'
import { lockedSql } from '../locked-sql.ts'
import type { Publishing } from '../publishing.ts'

/** So long nobody else drops the same. */
const holdMilliseconds = 30_000
/** Between two attempts where the cache refuses. */
const againMilliseconds = 5_000
const mostAtOnce = 500

const Owed = Type.Object({ path: Type.String(), tags: Type.Array(Type.String()) })

const takeSql = `
  with owed as (
    select path from documents where purge_at <= :now::timestamptz order by purge_at limit :limit::int for update skip locked
  )
  update documents d set purge_at = :until::timestamptz from owed where d.path = owed.path
  returning jsonb_build_object('path', d.path, 'tags', d.purge_tags) as row`

const ours = 'd.path = any(:paths::text[]) and d.purge_at = :until::timestamptz'

/** What is owed anew since has another time, and stays. */
const paidSql = `
  update documents d set purge_at = null, purge_tags = '{}' from (${lockedSql(ours)}) ours where d.path = ours.path
  returning to_jsonb(d.path) as row`

const laterSql = `
  update documents d set purge_at = :later::timestamptz from (${lockedSql(ours)}) ours where d.path = ours.path
  returning to_jsonb(d.path) as row`

/**
 * Drops at the CDN what is owed: the second time after each write, and what many documents share. It stands in the rows, so that it is done
 * although the worker that wrote them is gone; dropping twice is harmless. Gives how many documents it was for.
 */
export async function dropOwed({ database, purge, log, now }: Publishing): Promise<number> {
  if (!purge) return 0
  const at = now()
  // Nobody else has this very moment: whoever comes at the same one would take other rows, and pay for ours.
  const until = new Date(at.getTime() + holdMilliseconds + Math.floor(Math.random() * 1000)).toISOString()
  const owed = await database.rows(Owed, takeSql, { now: at.toISOString(), until, limit: mostAtOnce })
  if (owed.length === 0) return 0
  const tags = [...new Set(owed.flatMap((each) => each.tags))]
  const paths = `{${owed.map(({ path }) => JSON.stringify(path)).join(',')}}`
  try {
    await purge(tags, randomUUID())
    await database.rows(Type.String(), paidSql, { paths, until })
  } catch (error) {
    log.warn({ err: error, documents: owed.length, tags: tags.length }, 'documents_not_dropped')
    const later = new Date(now().getTime() + againMilliseconds).toISOString()
    await database.rows(Type.String(), laterSql, { paths, until, later })
  }
  return owed.length
}
