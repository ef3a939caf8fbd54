import { Type } from 'typebox'
import { currenciesOfBooks } from '../quotes/price-book-store.ts'
import { catalogueDocument, documentOfPage, documentsOfCurrency, facilitiesDocument } from './documents-of.ts'
import type { Publishing } from './publishing.ts'
import { type Release, readRelease } from './read/release.ts'
import { spreadParameters, touchAndSpreadSql, touchParameters } from './touch-sql.ts'

/** So long without a word from the release that writes, and none of its workers is left. */
const silentMilliseconds = 60_000

/** Of the release that is there already nothing is done. */
const prepareSql = `
  with changed as (
    insert into published_release (name, fingerprint, at) values ('documents', :fingerprint::text, :touchedAt::timestamptz)
    on conflict (name) do update set fingerprint = excluded.fingerprint, at = excluded.at
      where published_release.fingerprint <> excluded.fingerprint
        and (:silentSince::timestamptz is null or published_release.at < :silentSince::timestamptz)
    returning name
  ), ${touchAndSpreadSql('changed')}
  select to_jsonb(name) as row from changed`

/**
 * Makes this release the one that writes the documents: what comes with the code comes into being, and where another release wrote before,
 * every document is written anew. May run in any number of workers.
 */
export async function prepareRelease(publishing: Publishing): Promise<Release> {
  const release = await readRelease(publishing.pagesFolder)
  await takeOver(publishing, release, null)
  return release
}

const holdSql = `
  update published_release set at = :now::timestamptz where name = 'documents' and fingerprint = :fingerprint::text
  returning to_jsonb(name) as row`

/**
 * Says that a worker of this release is there. Where another release writes and none of its workers has said so for a minute, as after a deploy
 * in which one of before started last, or a restore of the database, this one takes over: otherwise nobody would ever write again.
 */
export async function holdRelease(publishing: Publishing, release: Release): Promise<void> {
  const { database, now } = publishing
  const at = now()
  const { fingerprint } = release
  const held = await database.rows(Type.String(), holdSql, { fingerprint, now: at.toISOString() })
  if (held.length === 0) await takeOver(publishing, release, new Date(at.getTime() - silentMilliseconds))
}

/** `silentSince`: only from a release that was not heard of since then; null: in any case. */
async function takeOver(
  { database, log, now }: Publishing,
  { fingerprint, pages }: Release,
  silentSince: Date | null,
): Promise<void> {
  const currencies = await currenciesOfBooks(database)
  const documents = [
    catalogueDocument,
    facilitiesDocument,
    ...currencies.flatMap(documentsOfCurrency),
    ...[...pages.keys()].map(documentOfPage),
  ]
  const at = now()
  const changed = await database.rows(Type.String(), prepareSql, {
    fingerprint,
    silentSince: silentSince?.toISOString() ?? null,
    ...touchParameters(documents, at),
    ...spreadParameters(['release'], at),
  })
  if (changed.length > 0) log.info({ documents: documents.length }, 'release_published')
}
