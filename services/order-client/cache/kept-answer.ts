import type { Answer } from '../http/send-once.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import type { CacheStore } from './cache-store.ts'

/** What is known of an address: its last answer, or that there is nothing. */
export type KeptAnswer =
  | {
      readonly kind: 'found'
      readonly storedAtEpochMs: number
      readonly etag: string | undefined
      readonly text: string
    }
  | { readonly kind: 'absent'; readonly storedAtEpochMs: number; readonly detail: string }
export type Found = Extract<KeptAnswer, { kind: 'found' }>

/** Nobody waits longer for a store: it is there to make reads better. */
const longestWaitMilliseconds = 500

/** Reads what is kept; a store that fails or hangs, and an entry that cannot be read, count as nothing. */
export async function loadAnswer(store: CacheStore, key: string): Promise<KeptAnswer | undefined> {
  try {
    return understood(JSON.parse((await inTime(store.get(key))) ?? 'null'))
  } catch {
    return undefined
  }
}

/** Keeps an answer if the store can: the answer itself is not lost when it cannot. */
export async function keepAnswer(store: CacheStore, key: string, answer: KeptAnswer): Promise<boolean> {
  try {
    await inTime(store.set(key, JSON.stringify(answer)))
    return true
  } catch {
    return false
  }
}

/** Forgets an answer if the store can. */
export async function forgetAnswer(store: CacheStore, key: string): Promise<boolean> {
  try {
    await inTime(store.delete(key))
    return true
  } catch {
    return false
  }
}

/** The 404 of a short while ago, said again. */
export const stillAbsent = ({ detail }: Extract<KeptAnswer, { kind: 'absent' }>): PrintcloudError =>
  new PrintcloudError({
    code: 'not_found',
    title: 'There is nothing here',
    status: 404,
    detail,
    isRetryable: false,
  })

/** What an answer makes known; 304 says that it is what is known already. */
export function foundIn({ status, headers, text }: Answer, spare: Found | undefined, storedAtEpochMs: number): Found {
  if (status === 304 && spare !== undefined) return { ...spare, storedAtEpochMs }
  return { kind: 'found', storedAtEpochMs, etag: headers.get('etag') ?? undefined, text }
}

function understood(value: unknown): KeptAnswer | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  if (!('storedAtEpochMs' in value) || typeof value.storedAtEpochMs !== 'number') return undefined
  const { kind, storedAtEpochMs } = value
  if (kind === 'absent' && 'detail' in value && typeof value.detail === 'string') {
    return { kind, storedAtEpochMs, detail: value.detail }
  }
  if (kind !== 'found' || !('text' in value) || typeof value.text !== 'string') return undefined
  const etag = 'etag' in value && typeof value.etag === 'string' ? value.etag : undefined
  return { kind, storedAtEpochMs, etag, text: value.text }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The store did not answer in time')), longestWaitMilliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
