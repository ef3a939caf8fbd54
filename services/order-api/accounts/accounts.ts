import type { Database } from '#chassis/database.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import { type Caching, createCachedAccounts } from './account-cache.ts'
import { type AccountStore, createAccountStore } from './account-store.ts'
import { createKeyStore, type KeyStore } from './key-store.ts'
import { createMemberStore, type MemberStore } from './member-store.ts'
import { createMembers, type Members } from './members.ts'

/** Accounts with their keys and members. */
export type Accounts = {
  readonly own: AccountStore
  readonly keys: KeyStore
  readonly memberStore: MemberStore
  readonly members: Members
  /** To be called after a change of an account or its keys: it holds in this process at once. */
  readonly forget: Authenticator['forget']
}

export function createAccounts(database: Database, forgetKeys: Authenticator['forget'], caching: Caching): Accounts {
  const memberStore = createMemberStore(database)
  const own = createCachedAccounts(createAccountStore(database, caching.now), caching)
  return {
    own,
    keys: createKeyStore(database),
    memberStore,
    members: createMembers(memberStore),
    forget: (accountId) => {
      forgetKeys(accountId)
      own.forget(accountId)
    },
  }
}
