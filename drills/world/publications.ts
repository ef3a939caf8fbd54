import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { parse } from '#contracts/parse.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import type { DrillPlatform } from './drill-platform.ts'

/** What a caller of the API needs. */
export type Caller = { readonly apiUrl: string; readonly secretKey: string }

const Made = Type.Object({ id: Type.String(), version: Type.Integer() })

const fields = {
  title: 'Harbour Lights',
  content: { kind: 'url', url: 'https://example.com/harbour-lights.pdf', pages: 48 },
  offers: [{ sku: 'magazine-a4', margin: { percent: 20 } }, { sku: 'softcover-a5' }],
  currency: 'EUR',
  country: 'NL',
}

/** One request as a publisher sends it. Throws with what was answered where that is no success. */
export async function ask({ apiUrl, secretKey }: Caller, method: string, path: string, body: unknown) {
  const response = await fetch(`${apiUrl}${path}`, {
    method,
    headers: {
      ...{ authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
      ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
    },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
  return parse('publication', Made, JSON.parse(text))
}

export const pathOf = (id: string): string => documentPaths.publication(id)

/** Where publications are made. */
export type Shelf = Pick<DrillPlatform, 'database' | 'platform'>

/**
 * So many published publications: one over the API, the others copied from its rows in one statement each. All of them are then published by
 * the real worker, which is started after that: what is unsealed then, so that nobody could buy it, it seals at once. Gives their ids; the
 * first is drawn most often.
 */
export async function makePublications(
  caller: Caller,
  { database, platform }: Shelf,
  count: number,
): Promise<readonly string[]> {
  await platform.takeDown('order-worker')
  const { id } = await ask(caller, 'POST', '/v1/publications', { ...fields, publish: true })
  const ids = [id]
  for (let from = 1; from < count; from += atOnce) {
    const more = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => numbered(id, from + index))
    await database.rows(Type.Unknown(), copySql, { id, ids: JSON.stringify(more) })
    ids.push(...more)
  }
  await platform.bringBack('order-worker')
  return ids
}

const atOnce = 2000
const digits = 6

const numbered = (id: string, place: number): string => `${id.slice(0, -digits)}${String(place).padStart(digits, '0')}`

const copySql = `
  with wanted as (select jsonb_array_elements_text(:ids::jsonb) as id), copied as (
    insert into publications (account_id, is_test, id, version, published_version, created_at, updated_at, published_at)
    select p.account_id, p.is_test, w.id, 1, 1, p.created_at, p.updated_at, p.published_at
    from publications p, wanted w where p.id = :id::text returning id
  ), saved as (
    insert into publication_versions (account_id, is_test, publication_id, version, fields, changed, saved_at, saved_by)
    select v.account_id, v.is_test, w.id, 1, v.fields, v.changed, v.saved_at, v.saved_by
    from publication_versions v, wanted w where v.publication_id = :id::text and v.version = 1 returning 1
  ), shown as (
    insert into documents (path, kind, subject, tags, wanted, changed_at, next_at)
    select replace(d.path, :id::text, w.id), d.kind, d.subject || jsonb_build_object('publicationId', w.id),
      array['publication:' || w.id], 1, now(), now()
    from documents d, wanted w where d.kind = 'publication' and d.subject->>'publicationId' = :id::text returning 1
  )
  select to_jsonb(count(*)) as row from copied`

/** Documents that are not written yet, and publications that nobody can buy yet. */
export async function unwritten(database: Database): Promise<number> {
  const sql = `select to_jsonb((select count(*) from documents where wanted > written)
    + (select count(*) from publications where published_version is not null)
    - (select count(*) from documents where kind = 'sale')) as row`
  const [count = 0] = await database.rows(Type.Integer(), sql)
  return count
}
