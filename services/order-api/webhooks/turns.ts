import { Refused } from '#chassis/errors.ts'

export type Turns = <T>(accountId: string, work: () => Promise<T>) => Promise<T>

/**
 * Work that waits for the servers of others, at most `most` of one account at once: each is a request in hand, and a process that has
 * too many of them answers nobody. Throws Refused `rate_limited` for one more.
 */
export function createTurns(most: number): Turns {
  const taken = new Map<string, number>()
  const change = (accountId: string, by: number): void => {
    const left = (taken.get(accountId) ?? 0) + by
    if (left > 0) taken.set(accountId, left)
    else taken.delete(accountId)
  }
  return async (accountId, work) => {
    if ((taken.get(accountId) ?? 0) >= most) {
      throw new Refused('rate_limited', `Addresses of ${most} of your webhooks are being looked up; try again then.`)
    }
    change(accountId, 1)
    try {
      return await work()
    } finally {
      change(accountId, -1)
    }
  }
}
