import { type Static, Type } from 'typebox'
import { PublicationFields } from '#contracts/order-api/publication.ts'
import { isoTime } from '../store/order-rows.ts'
import { proofRowSql, thumbnailRowSql, WorkStates } from './work-rows.ts'

const text = Type.String()
const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()])

/** A publication with what its newest version holds. */
export const PublicationRow = Type.Object({
  id: text,
  isTest: Type.Boolean(),
  version: Type.Integer(),
  publishedVersion: orNull(Type.Integer()),
  fields: PublicationFields,
  /** Of the newest version. */
  undoes: orNull(Type.Integer()),
  ...WorkStates.properties,
  createdAt: text,
  updatedAt: text,
  publishedAt: orNull(text),
})
export type PublicationRow = Static<typeof PublicationRow>

/** The row of the publication `p` with its newest version `v`, and its picture `t` and its proof `f`, if it has them. */
export const publicationRowSql = `jsonb_build_object('id', p.id, 'isTest', p.is_test, 'version', p.version,
  'publishedVersion', p.published_version, 'fields', v.fields, 'undoes', v.undoes,
  'thumbnail', case when t.key is not null then ${thumbnailRowSql} end,
  'proof', case when f.key is not null then ${proofRowSql} end,
  'createdAt', ${isoTime('p.created_at')}, 'updatedAt', ${isoTime('p.updated_at')},
  'publishedAt', ${isoTime('p.published_at')})`

/** Publications with what `publicationRowSql` reads; the deleted ones are in no answer. */
export const publicationsSql = `publications p
  join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
    and v.version = p.version
  left join thumbnails t on t.account_id = p.account_id and t.is_test = p.is_test and t.publication_id = p.id
    and t.key = v.thumbnail_key
  left join proofs f on f.account_id = p.account_id and f.is_test = p.is_test and f.publication_id = p.id
    and f.key = v.proof_key
  where p.account_id = :account::text and p.is_test = :isTest::boolean and p.deleted_at is null`

/** One version, as it was saved. */
export const VersionRow = Type.Object({
  version: Type.Integer(),
  fields: PublicationFields,
  undoes: orNull(Type.Integer()),
  changed: Type.Array(text),
  savedAt: text,
  savedBy: text,
  isPublished: Type.Boolean(),
})
export type VersionRow = Static<typeof VersionRow>

/** The row of the version `v` of the publication `p`. */
export const versionRowSql = `jsonb_build_object('version', v.version, 'fields', v.fields, 'undoes', v.undoes,
  'changed', v.changed, 'savedAt', ${isoTime('v.saved_at')}, 'savedBy', v.saved_by,
  'isPublished', v.version is not distinct from p.published_version)`

/** The versions of one publication that is still there. */
export const versionsSql = `publications p
  join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
  where p.account_id = :account::text and p.is_test = :isTest::boolean and p.id = :id::text and p.deleted_at is null`
