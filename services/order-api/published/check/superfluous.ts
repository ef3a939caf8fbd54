import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { publicRoot } from '#contracts/published/document-paths.ts'
import type { ListedDocument } from './listed-documents.ts'

const dayMilliseconds = 24 * 3_600_000
/** What is named by its hash may still be asked for by whoever read an older list. */
const namedByHashDays = 60
/** What nothing names may be about to be named. */
const orphanDays = 1

const thumbnails = `${publicRoot}thumbnails/`
const lists = [`${publicRoot}catalogue/`, `${publicRoot}prices/`]

/** Whether an object that belongs to no document has lain there long enough to go. The status is written by others. Pure. */
export function isOldOrphan({ path, objects }: ListedDocument, now: Date): boolean {
  if (path.startsWith(`${publicRoot}status/`)) return false
  const isNamedByHash = path.startsWith(thumbnails) || lists.some((list) => path.startsWith(list) && isPart(path, list))
  const days = isNamedByHash ? namedByHashDays : orphanDays
  return [...objects.values()].every(({ modifiedAt }) => now.getTime() - modifiedAt.getTime() > days * dayMilliseconds)
}

/** catalogue/<sku>.<hash>.json, prices/<currency>/<facility>.<hash>.json */
const isPart = (path: string, list: string): boolean => /\.[\w-]{22}\.json$/.test(path.slice(list.length))

/** The hash in the path of a thumbnail; undefined for anything else. */
export const thumbnailHashOf = (path: string): string | undefined =>
  path.startsWith(thumbnails) ? path.slice(thumbnails.length).split('/')[0] : undefined

const aliveSql = `
  select to_jsonb(hash) as row from (
    select distinct split_part(source->>'path', '/', 5) as hash
    from thumbnails t
    join publications p on p.account_id = t.account_id and p.is_test = t.is_test and p.id = t.publication_id and p.deleted_at is null
    cross join lateral jsonb_array_elements(t.doc->'sources') source
    where t.state = 'ready') named
  where hash = any(:hashes::text[])`

/** Those of these hashes that thumbnails of existing publications have. */
export async function aliveThumbnails(database: Database, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set()
  const quoted = hashes.map((hash) => JSON.stringify(hash)).join(',')
  return new Set(await database.rows(Type.String(), aliveSql, { hashes: `{${quoted}}` }))
}
