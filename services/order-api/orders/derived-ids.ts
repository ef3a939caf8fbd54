import { createHash } from 'node:crypto'
import { idPrefixes } from '#contracts/ids.ts'
import { type MakeId, makeIdAt } from './make-id.ts'
import type { Item } from './order.ts'

/** Characters of an id that are not its time. */
const seedCharacters = 16
const jobCharacters = 26
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * The job that the next release of an item makes: the same whoever releases it, however often. After a restore to an earlier moment a
 * released item is released again, as the same job; the claim and the print client's journal then refuse to print it twice.
 */
export const jobIdOf = ({ id, jobId, earlier }: Pick<Item, 'id' | 'jobId' | 'earlier'>): string => {
  const before = jobId ?? earlier?.at(-1)?.jobId ?? ''
  return `${idPrefixes.job}_${derived(`job of ${id.slice(-seedCharacters)} after ${before}`, jobCharacters)}`
}

/** The request that makes an order, as its sender names it. */
export type RequestKey = { readonly accountId: string; readonly isTest: boolean; readonly key: string }

/**
 * Ids of one request's order. What an item id has besides its time comes from the request's Idempotency-Key: an order that a restored
 * database does not know, and that is sent again with its key, has the same jobs as before.
 */
export function makeIdsOfRequest(now: Date, { accountId, isTest, key }: RequestKey): MakeId {
  const make = makeIdAt(() => now)
  let items = 0
  return (kind) => {
    const id = make(kind)
    if (kind !== 'item') return id
    items += 1
    const seed = derived(JSON.stringify([accountId, isTest, key, items]), seedCharacters)
    return `${id.slice(0, -seedCharacters)}${seed}`
  }
}

/** Five bits of the hash a character. */
function derived(text: string, characters: number): string {
  const hash = createHash('sha256').update(text).digest()
  return Array.from(hash.subarray(0, characters), (byte) => alphabet.charAt(byte & 31)).join('')
}
