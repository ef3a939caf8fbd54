import type { Static, TSchema } from 'typebox'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { parse } from '#contracts/parse.ts'
import { PrintcloudError } from '../../order-client/printcloud-error.ts'
import type { PublishedReader } from '../../order-client/published/published-reader.ts'

/** A document, and how old it is. */
export type Warm<T> = { readonly value: T; readonly storedAt: string; readonly isStale: boolean }

/** By its path. Undefined for what is not published. Throws Transient for what was never read and cannot be read now. */
export type ReadWarm<T> = (path: string) => Promise<Warm<T> | undefined>

export type WarmOptions = { readonly read: PublishedReader; readonly log: Log; readonly nowMilliseconds: () => number }

export type Kind<S extends TSchema> = {
  /** For the log: paths may hold what nobody should guess. */
  readonly name: string
  readonly schema: S
  /** What `object` says in it. */
  readonly object?: string
  /** Its name holds the hash of its bytes: read once. */
  readonly isImmutable?: true
}

/** So old a document may be before it is asked for again; */
const freshMilliseconds = 5_000
/** until then visitors get what is known at once while that is done; an older one is waited for. */
const servedMilliseconds = 15_000
const mostKept = 1_000

type Kept<T> = { readonly warm: Warm<T>; readonly readAt: number }

/**
 * Documents of one kind as visitors need them: parsed once, from memory, read anew behind their backs. What the CDN no longer gives is served
 * as it was, marked, as long as this process lives.
 */
export function warmDocuments<S extends TSchema>(kind: Kind<S>, options: WarmOptions): ReadWarm<Static<S>> {
  const { log, nowMilliseconds } = options
  const kept = new Map<string, Kept<Static<S>>>()
  const underWay = new Map<string, Promise<Kept<Static<S>> | undefined>>()
  const keep = (path: string, warm: Warm<Static<S>>): Kept<Static<S>> => {
    const found = { warm, readAt: nowMilliseconds() }
    kept.delete(path)
    kept.set(path, found)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return found
  }
  const readAnew = async (path: string): Promise<Kept<Static<S>> | undefined> => {
    const known = kept.get(path)
    try {
      return keep(path, await asked(options, kind, path))
    } catch (error) {
      if (error instanceof PrintcloudError && error.status === 404) {
        kept.delete(path)
        return undefined
      }
      // Its address may be a secret: only what went wrong is told.
      log.warn(
        { fault: error instanceof PrintcloudError ? error.code : nameOf(error), document: kind.name },
        'document_not_read',
      )
      if (!known) throw new Transient('What is published cannot be read at the moment.', { cause: error })
      return keep(path, { ...known.warm, isStale: true })
    }
  }
  const once = (path: string): Promise<Kept<Static<S>> | undefined> => {
    const going = underWay.get(path) ?? readAnew(path).finally(() => underWay.delete(path))
    underWay.set(path, going)
    return going
  }
  return async (path) => {
    const known = kept.get(path)
    if (!known) return (await once(path))?.warm
    const age = nowMilliseconds() - known.readAt
    if (kind.isImmutable || age < freshMilliseconds) return known.warm
    // With a known one it never fails; a document that is gone is seen by the next visitor.
    const news = once(path)
    return age < servedMilliseconds ? known.warm : (await news)?.warm
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')

async function asked<S extends TSchema>({ read }: WarmOptions, kind: Kind<S>, path: string): Promise<Warm<Static<S>>> {
  const { name, schema, object, isImmutable } = kind
  const freshSeconds = isImmutable ? Number.POSITIVE_INFINITY : 0
  const found = await read({ path, freshSeconds, ...(object === undefined ? {} : { object }) })
  const { isStale, storedAt } = found
  return { value: parse(name, schema, { ...found }), isStale, storedAt }
}
