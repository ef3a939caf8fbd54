import type { Database } from '#chassis/database.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Log } from '#chassis/log.ts'
import type { Purge } from '#chassis/purge/purge.ts'
import type { DocumentStore } from './write/document-store.ts'

/** What publishing works with. */
export type Publishing = {
  readonly database: Database
  /** The first is read by everyone; the others when it is away. */
  readonly stores: readonly [DocumentStore, ...DocumentStore[]]
  /** Without, nothing stands before the stores. */
  readonly purge?: Purge | undefined
  /** Folder of the pages that come with the release. */
  readonly pagesFolder: string
  /** Seals the addresses of sales; who only looks at what lies there needs none. */
  readonly keyring?: Pick<Keyring, 'sign'> | undefined
  readonly log: Log
  readonly now: () => Date
}
