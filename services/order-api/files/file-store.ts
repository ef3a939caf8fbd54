import { type Static, Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { isoTime } from '../store/order-rows.ts'

const StoredFile = Type.Object({
  id: Type.String(),
  filename: Type.String(),
  contentType: Type.String(),
  sizeBytes: Type.Integer(),
  sha256: Type.Union([Type.String(), Type.Null()]),
  createdAt: Type.String(),
  uploadedAt: Type.Union([Type.String(), Type.Null()]),
  expiredAt: Type.Union([Type.String(), Type.Null()]),
})
export type StoredFile = Static<typeof StoredFile>

export type FileStore = {
  readonly insert: (accountId: string, file: StoredFile) => Promise<void>
  readonly find: (accountId: string, fileId: string) => Promise<StoredFile | undefined>
  readonly markUploaded: (accountId: string, fileId: string, at: Date) => Promise<void>
}

const insertSql = `insert into files (account_id, id, filename, content_type, size_bytes, sha256, created_at)
  values (:account::text, :id::text, :filename::text, :contentType::text, :sizeBytes::bigint, :sha256::text, :createdAt::timestamptz)
  on conflict do nothing returning jsonb_build_object('id', id) as row`

const findSql = `select jsonb_build_object('id', id, 'filename', filename, 'contentType', content_type, 'sizeBytes', size_bytes,
    'sha256', sha256, 'createdAt', ${isoTime('created_at')}, 'uploadedAt', ${isoTime('uploaded_at')},
    'expiredAt', ${isoTime('expired_at')}) as row
  from files where account_id = :account::text and id = :id::text`

const uploadedSql = `update files set uploaded_at = :at::timestamptz
  where account_id = :account::text and id = :id::text and uploaded_at is null returning jsonb_build_object('id', id) as row`

/** What is known of uploaded files; the bytes are in the sources bucket. */
export function createFileStore(database: Database): FileStore {
  return {
    insert: async (accountId, file) => {
      const { id, filename, contentType, sizeBytes, sha256, createdAt } = file
      const parameters = { account: accountId, id, filename, contentType, sizeBytes, sha256, createdAt }
      await database.rows(Type.Unknown(), insertSql, parameters)
    },
    find: async (accountId, fileId) =>
      (await database.rows(StoredFile, findSql, { account: accountId, id: fileId }))[0],
    markUploaded: async (accountId, fileId, at) => {
      await database.rows(Type.Unknown(), uploadedSql, { account: accountId, id: fileId, at: at.toISOString() })
    },
  }
}
