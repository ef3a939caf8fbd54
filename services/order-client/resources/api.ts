import { type Read, withFreshness } from '../cache/freshness.ts'
import type { Reader } from '../cache/reader.ts'
import { arrivedPerhaps, type Call, type Caller, type CallOptions } from '../http/caller.ts'
import { bodyOf } from '../http/read-answer.ts'
import { wantIdempotencyKey } from '../http/sendable.ts'
import { PrintcloudError } from '../printcloud-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { randomId } from '../web-crypto.ts'

/** A write that is done once, whatever happens: kept the same over all tries. Yours, or a random one. */
export type OnceOptions = CallOptions & { readonly idempotencyKey?: string }

/** What the parts of the client are made of. */
export type Api = Pick<Reader, 'read' | 'readNow' | 'remember'> & {
  readonly write: <T extends object>(call: Call) => Promise<T>
  /** A DELETE. */
  readonly finish: (call: Call) => Promise<void>
  /** A write with an Idempotency-Key. */
  readonly writeOnce: <T extends object>(call: Omit<Call, 'headers'>, options: OnceOptions) => Promise<T>
  readonly surroundings: Surroundings
}

export function createApi(call: Caller, reader: Reader, surroundings: Surroundings): Api {
  const write = async <T extends object>(wanted: Call): Promise<T> => {
    const { answer } = await call(wanted)
    return bodyOf<T>(answer)
  }
  return {
    ...reader,
    write,
    finish: async (wanted) => {
      try {
        await call(wanted)
      } catch (error) {
        // Gone already: by our own first try, whose answer was lost.
        const isDone = error instanceof PrintcloudError && error.status === 404 && arrivedPerhaps.has(error)
        if (!isDone) throw error
      }
    },
    writeOnce: async (wanted, { idempotencyKey, ...options }) => {
      const key = idempotencyKey ?? (await randomId())
      wantIdempotencyKey(key)
      return write({ ...options, ...wanted, headers: { 'idempotency-key': key } })
    },
    surroundings,
  }
}

/** A list that came in one answer, as a read of it. */
export const dataOf = <T extends object>(list: Read<{ readonly data: T }>): Read<T> =>
  withFreshness(list.data, list.isStale, Date.parse(list.storedAt))
