import { Type } from 'typebox'
import { currenciesOfBooks } from '../quotes/price-book-store.ts'
import { catalogueDocument, documentOfPage, documentsOfCurrency } from './documents-of.ts'
import type { Publishing } from './publishing.ts'
import { type Release, readRelease } from './read/release.ts'
import { spreadParameters, touchAndSpreadSql, touchParameters } from './touch-sql.ts'

/** Of the release that is there already nothing is done. */
const prepareSql = `
  with changed as (
    insert into published_release (name, fingerprint, at) values ('documents', :fingerprint::text, :touchedAt::timestamptz)
    on conflict (name) do update set fingerprint = excluded.fingerprint, at = excluded.at
      where published_release.fingerprint <> excluded.fingerprint
    returning name
  ), ${touchAndSpreadSql('changed')}
  select to_jsonb(name) as row from changed`

/**
 * Makes this release the one that writes the documents: what comes with the code comes into being, and where another release wrote before,
 * every document is written anew. May run in any number of workers.
 */
export async function prepareRelease({ database, pagesFolder, log, now }: Publishing): Promise<Release> {
  const release = await readRelease(pagesFolder)
  const currencies = await currenciesOfBooks(database)
  const documents = [
    catalogueDocument,
    ...currencies.flatMap(documentsOfCurrency),
    ...[...release.pages.keys()].map(documentOfPage),
  ]
  const at = now()
  const changed = await database.rows(Type.String(), prepareSql, {
    fingerprint: release.fingerprint,
    ...touchParameters(documents, at),
    ...spreadParameters(['release'], at),
  })
  if (changed.length > 0) log.info({ documents: documents.length }, 'release_published')
  return release
}
