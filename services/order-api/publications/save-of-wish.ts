import type { Keyring } from '#chassis/keyring.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import type { Principal } from '../auth/principal.ts'
import { type MakeId, makeIdAt } from '../orders/make-id.ts'
import { askedWorks } from './ask-work.ts'
import { changedFields } from './fields.ts'
import { publicationDocuments } from './publication-documents.ts'
import type { PublicationRow } from './publication-rows.ts'
import type { NewVersion, PublicationNews, Save } from './save-publication.ts'
import type { WorkStates } from './work-rows.ts'

/** What somebody wants of a publication as it is; undefined when there is nothing to do. */
export type Wish = {
  /** Makes a new version of them; undefined leaves the newest as it is. */
  readonly fields?: PublicationFields
  /** The version whose fields these are again. */
  readonly undoes?: number
  /** What visitors see from now on; undefined leaves it. `newest` is the new version, where there is one. */
  readonly publishes?: number | 'newest'
}

type SaveParts = { readonly keyring: Keyring; readonly now: () => Date; readonly patienceSeconds: number }

/** What a wish makes of a publication: new version, work on its file, events, documents. Undefined when nothing would be different. */
export function saveOf(
  { keyring, now: clock, patienceSeconds }: SaveParts,
  principal: Pick<Principal, 'accountId' | 'isTest' | 'keyId'>,
  read: PublicationRow,
  wish: Wish,
): Save | undefined {
  const at = clock()
  const makeId = makeIdAt(() => at)
  const saved = newVersionOf(read, wish, principal.keyId)
  const version = saved ? read.version + 1 : read.version
  const publishedVersion = wish.publishes === 'newest' ? version : (wish.publishes ?? read.publishedVersion)
  const isPublished = publishedVersion !== read.publishedVersion
  const [first, ...others] = newsOf(read.id, { saved, version, shown: isPublished ? publishedVersion : null }, makeId)
  if (!first) return undefined
  const documents = publicationDocuments(keyring, principal, read.id)
  const asking = { publicationId: read.id, now: at, makeId, patienceSeconds }
  return {
    ...{ read, version, publishedVersion, saved, at },
    works: askedWorks(principal, saved?.fields ?? read.fields, asking),
    events: [first, ...others],
    documents: [...(isPublished ? [documents.published, documents.sale] : []), ...(saved ? [documents.preview] : [])],
    spreads: isPublished ? [tagOf.publication(read.id)] : [],
  }
}

/** Undefined when nothing would be different; what is undone is a version of its own in any case. */
function newVersionOf(read: PublicationRow, { fields, undoes }: Wish, savedBy: string): NewVersion | undefined {
  if (!fields) return undefined
  const changed = changedFields(read.fields, fields)
  if (changed.length === 0 && undoes === undefined) return undefined
  return { fields, undoes: undoes ?? null, changed, savedBy }
}

type News = { readonly saved: NewVersion | undefined; readonly version: number; readonly shown: number | null }

function newsOf(id: string, { saved, version, shown }: News, makeId: MakeId): PublicationNews[] {
  const news: PublicationNews[] = []
  const about = { publication_id: id }
  if (saved) {
    const { changed, undoes } = saved
    const data = { ...about, version, changed, ...(undoes === null ? {} : { undoes }) }
    news.push({ id: makeId('event'), type: 'publication.updated', data })
  }
  if (shown !== null) {
    news.push({ id: makeId('event'), type: 'publication.published', data: { ...about, version: shown } })
  }
  return news
}

/** The publication as the next reader sees it. */
export function afterSave(read: PublicationRow, save: Save, states: WorkStates): PublicationRow {
  const { version, publishedVersion, saved } = save
  const at = save.at.toISOString()
  return {
    ...{ ...read, ...states, version, publishedVersion },
    ...(saved ? { fields: saved.fields, undoes: saved.undoes } : {}),
    updatedAt: at,
    publishedAt: publishedVersion === read.publishedVersion ? read.publishedAt : at,
  }
}
