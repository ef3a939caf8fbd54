import { createCache } from '#chassis/cache/cache.ts'
import { type CacheKey, keyOfAccount } from '#chassis/cache/cache-key.ts'
import type { SharedStore } from '#chassis/cache/shared-store.ts'
import type { Log } from '#chassis/log.ts'
import { matches } from '#contracts/parse.ts'
import { type AccountStore, StoredAccount } from './account-store.ts'

/** What caches of a process have in common. */
export type Caching = { readonly now: () => Date; readonly log: Log; readonly shared?: SharedStore | undefined }

export type CachedAccounts = AccountStore & { readonly forget: (accountId: string) => void }

/**
 * Accounts as their owners look at them: what another process changed shows within 5 s, what this one changed at once; when the database
 * does not answer, what is known serves for 10 minutes. Nothing is decided by it: orders read terms and balances themselves.
 */
export function createCachedAccounts(store: AccountStore, { shared, ...caching }: Caching): CachedAccounts {
  const cache = createCache<StoredAccount>({
    name: 'account',
    load: (key) => store.find(accountIdIn(key.parts)),
    freshMilliseconds: 5_000,
    staleMilliseconds: 0,
    staleOnErrorMilliseconds: 600_000,
    absentMilliseconds: 0,
    most: { entries: 10_000 },
    ...caching,
    ...(shared && { shared: { store: shared, isValue: (value) => matches(StoredAccount, value) } }),
  })
  const keyOf = (accountId: string): CacheKey => keyOfAccount(accountId, 'terms')
  const forget = (accountId: string): void => cache.forget(keyOf(accountId))
  return {
    find: (accountId) => cache.get(keyOf(accountId)),
    change: async (accountId, change) => {
      try {
        return await store.change(accountId, change)
      } finally {
        // Also after an error: the answer may be lost and the change made.
        forget(accountId)
      }
    },
    forget,
  }
}

const accountIdIn = ([, accountId = '']: readonly string[]): string => accountId
