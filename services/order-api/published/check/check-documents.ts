import { Type } from 'typebox'
import { lockedSql } from '../locked-sql.ts'
import { loggedPath } from '../logged-path.ts'
import type { Publishing } from '../publishing.ts'
import type { Release } from '../read/release.ts'
import type { DocumentStore } from '../write/document-store.ts'
import { confirmFaults } from './confirm-faults.ts'
import type { Fault } from './fault.ts'
import { type Expected, suspectsIn } from './find-faults.ts'
import { levelThumbnails } from './level-thumbnails.ts'
import { namedParts } from './named-parts.ts'
import { removeSuperfluous } from './superfluous.ts'

export type Checking = {
  /** What is wrong is written anew by the worker, or taken away. */
  readonly isRepair: boolean
  readonly signal: AbortSignal
}

/** So many suspects are looked at again together. */
const suspectsAtOnce = 200

const isCurrentSql = `select to_jsonb(true) as row from published_release where name = 'documents' and fingerprint = :release::text`

/**
 * Compares what lies in the stores with what the outbox says, and gives what is wrong; undefined where
 * another release writes the documents now: what they should look like is known to that one.
 * With `isRepair` it is mended: the worker writes it anew, what nothing names goes. Safe to run anywhere, twice, beside workers.
 */
export async function checkDocuments(
  publishing: Publishing,
  release: Release,
  { isRepair, signal }: Checking,
): Promise<readonly Fault[] | undefined> {
  const { database, stores, log } = publishing
  const [isCurrent] = await database.rows(Type.Boolean(), isCurrentSql, { release: release.fingerprint })
  if (!isCurrent) return undefined
  const expected: Expected = { publishing, parts: await namedParts(publishing, release), signal }
  const faults: Fault[] = []
  for (const store of stores) {
    const ofStore = await faultsIn(store, expected)
    if (isRepair) await repair(publishing, store, ofStore, signal)
    faults.push(...ofStore)
  }
  faults.push(...(await levelThumbnails(publishing, { isRepair, signal })))
  if (isRepair) await forgetGone(publishing)
  const [first] = faults
  if (first) log.warn({ faults: faults.length, isRepair, ...told(first) }, 'documents_differ')
  return faults
}

const told = ({ store, kind, path }: Fault) => ({ store, kind, path: loggedPath(path) })

async function faultsIn(store: DocumentStore, expected: Expected): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  let suspects: Fault[] = []
  for await (const suspect of suspectsIn(store, expected)) {
    suspects.push(suspect)
    if (suspects.length < suspectsAtOnce) continue
    faults.push(...(await confirmFaults(store, suspects, expected)))
    suspects = []
  }
  return [...faults, ...(await confirmFaults(store, suspects, expected))]
}

/** As if whoever wrote it last had died over it: what the row says of the stores is not trusted. */
const mendSql = `
  update documents d set wanted = d.wanted + 1, changed_at = coalesce(d.changed_at, :now::timestamptz),
    next_at = :now::timestamptz, lease = 'check'
  from (${lockedSql('d.path = any(:paths::text[]) and d.lease is null')}) idle where d.path = idle.path
  returning to_jsonb(d.path) as row`

async function repair(
  { database, purge, now }: Publishing,
  store: DocumentStore,
  faults: readonly Fault[],
  signal: AbortSignal,
): Promise<void> {
  const mended = faults.flatMap(({ kind, mendedBy }) => (kind === 'behind' ? [] : (mendedBy ?? [])))
  const paths = `{${[...new Set(mended)].map((path) => JSON.stringify(path)).join(',')}}`
  if (mended.length > 0) await database.rows(Type.String(), mendSql, { paths, now: now().toISOString() })
  await removeSuperfluous(store, faults, signal, purge)
}

/** Rows of publications that are deleted, and of keys that stand for nothing, a day after nothing of them is left. */
const isGone = `d.kind in ('publication', 'preview', 'sale', 'button') and d.sha256 is null and d.wanted = d.written and d.lease is null
  and d.purge_at is null and d.written_at < :before::timestamptz
  and not exists (select from jsonb_each(d.copies) copy where copy.value->'etags' <> '{}'::jsonb)
  and not exists (select from publications p where p.account_id = d.subject->>'accountId'
    and p.is_test = (d.subject->>'isTest')::boolean and p.id = d.subject->>'publicationId' and p.deleted_at is null)
  and not exists (select from api_keys k join button_publications b on b.account_id = k.account_id and b.is_test = k.is_test
    where d.kind = 'button' and k.account_id = d.subject->>'accountId' and k.is_test = (d.subject->>'isTest')::boolean
      and k.id = d.subject->>'keyId' and k.revoked_at is null)`
const forgetSql = `
  with gone as (${lockedSql(isGone)}),
  forgotten as (delete from documents d using gone where d.path = gone.path returning 1)
  select to_jsonb(count(*)) as row from forgotten`
const forgetAfterMilliseconds = 24 * 3_600_000

async function forgetGone({ database, now }: Publishing): Promise<void> {
  const before = new Date(now().getTime() - forgetAfterMilliseconds).toISOString()
  await database.rows(Type.Integer(), forgetSql, { before })
}
