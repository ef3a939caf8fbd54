import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { publicRoot } from '#contracts/published/document-paths.ts'

const pictures = `${publicRoot}thumbnails/`
const proofs = `${publicRoot}proofs/`

/** The hash in the path of a picture; undefined for anything else. */
export const pictureHashOf = (path: string): string | undefined =>
  path.startsWith(pictures) ? path.slice(pictures.length).split('/')[0] : undefined

const isProof = (path: string): boolean => path.startsWith(proofs)

const ofExisting = `join publications p on p.account_id = r.account_id and p.is_test = r.is_test and p.id = r.publication_id and p.deleted_at is null`

const picturesSql = `
  select to_jsonb(hash) as row from (
    select distinct split_part(source->>'path', '/', 5) as hash
    from thumbnails r ${ofExisting}
    cross join lateral jsonb_array_elements(r.doc->'sources') source
    where r.state = 'ready'
    union
    select distinct split_part(source->>'path', '/', 5)
    from proofs r ${ofExisting}
    cross join lateral jsonb_array_elements(r.doc::jsonb->'shown') shown
    cross join lateral jsonb_array_elements(shown->'picture'->'sources') source
    where r.state = 'ready') named
  where hash = any(:hashes::text[])`

/** Those of these hashes that thumbnails and proofs of existing publications have. */
export const alivePictures = (database: Database, hashes: readonly string[]): Promise<ReadonlySet<string>> =>
  aliveOf(database, picturesSql, 'hashes', hashes)

const proofsSql = `
  select to_jsonb(r.path) as row from proofs r ${ofExisting}
  where r.state = 'ready' and r.path = any(:paths::text[])`

async function aliveOf(
  database: Database,
  sql: string,
  name: string,
  wanted: readonly string[],
): Promise<ReadonlySet<string>> {
  const distinct = [...new Set(wanted)]
  if (distinct.length === 0) return new Set()
  const quoted = distinct.map((each) => JSON.stringify(each)).join(',')
  return new Set(await database.rows(Type.String(), sql, { [name]: `{${quoted}}` }))
}

/** Those of these paths that rows of existing publications name: pictures and proofs. Nothing else has such rows. */
export async function namedByRows(database: Database, paths: readonly string[]): Promise<(path: string) => boolean> {
  const hashes = await alivePictures(
    database,
    paths.flatMap((path) => pictureHashOf(path) ?? []),
  )
  const alive = await aliveOf(database, proofsSql, 'paths', paths.filter(isProof))
  return (path) => hashes.has(pictureHashOf(path) ?? '') || alive.has(path)
}
