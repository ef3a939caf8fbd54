import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { fileRoles } from '#contracts/catalogue/product.ts'
import { PublicationContent } from '#contracts/order-api/publication.ts'
import type { Owner } from '../store/order-store.ts'

/** A version that an item names; the one that visitors see where it names none. */
export type WantedContent = { readonly place: number; readonly id: string; readonly version?: number | undefined }

const ContentRow = Type.Object({
  place: Type.Integer(),
  id: Type.String(),
  isDeleted: Type.Boolean(),
  /** Null with its content: there is no such version, or none is published. */
  version: Type.Union([Type.Integer(), Type.Null()]),
  content: Type.Union([PublicationContent, Type.Null()]),
  /** Of an uploaded file. */
  contentType: Type.Union([Type.String(), Type.Null()]),
  /** By sku, as its proof shows it; null while there is none. */
  roles: Type.Union([Type.Record(Type.String(), Type.Enum(fileRoles)), Type.Null()]),
})
export type ContentRow = Static<typeof ContentRow>

/** Deleted ones, too: what was paid before is printed. */
const contentsSql = `select jsonb_build_object('place', w.place, 'id', p.id, 'isDeleted', p.deleted_at is not null,
    'version', v.version, 'content', v.fields->'content', 'contentType', f.content_type,
    'roles', (select jsonb_object_agg(fit->>'sku', fit->>'role') from jsonb_array_elements(t.doc::jsonb->'fits') as fit
      where fit ? 'role')) as row
  from jsonb_to_recordset(:wanted::jsonb) as w(place int, id text, version int)
  join publications p on p.account_id = :account::text and p.is_test = :isTest::boolean and p.id = w.id
  left join publication_versions v on v.account_id = p.account_id and v.is_test = p.is_test and v.publication_id = p.id
    and v.version = coalesce(w.version, p.published_version)
  left join files f on f.account_id = p.account_id and f.id = v.fields->'content'->>'file'
  left join proofs t on t.account_id = p.account_id and t.is_test = p.is_test and t.publication_id = p.id
    and t.key = v.proof_key and t.state = 'ready'
  where p.account_id = :account::text and p.is_test = :isTest::boolean`

/** What versions of the account's own publications hold. Foreign and unknown ones are left out alike. */
export const readContents = (
  database: Database,
  { accountId: account, isTest }: Owner,
  wanted: readonly WantedContent[],
): Promise<ContentRow[]> => database.rows(ContentRow, contentsSql, { account, isTest, wanted: JSON.stringify(wanted) })
