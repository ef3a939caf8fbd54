import { Overloaded } from '#chassis/http/shedding.ts'

/** Hashes of well-formed keys that are nobody's, as far as was known a moment ago, and the looks after such that are under way. */
export type Strangers = {
  readonly isUnknown: (sha256: string) => boolean
  readonly note: (sha256: string) => void
  readonly forget: () => void
  /** Looks one up; throws Overloaded when as many as allowed are being looked up. */
  readonly look: <T>(lookUp: () => Promise<T>) => Promise<T>
}

/** A key that another process makes works here at most this much later. */
const unknownMilliseconds = 10_000
const mostUnknown = 10_000
/** Whoever makes keys up faster than the database answers takes these places, and none of those who are known. */
const mostAtOnce = 50

/** Keeps those who make keys up away from the database. */
export function createStrangers(now: () => Date): Strangers {
  /** By the time of their look, oldest first. */
  const unknown = new Map<string, number>()
  // Made once: the stack of an error costs as much as a whole refusal.
  const overloaded = new Overloaded('More unknown keys are being looked up than can be')
  let underWay = 0
  return {
    isUnknown: (sha256) => {
      const at = unknown.get(sha256)
      return at !== undefined && Math.abs(now().getTime() - at) < unknownMilliseconds
    },
    note: (sha256) => {
      unknown.delete(sha256)
      const [oldest] = unknown.size >= mostUnknown ? unknown.keys() : []
      if (oldest !== undefined) unknown.delete(oldest)
      unknown.set(sha256, now().getTime())
    },
    forget: () => unknown.clear(),
    look: async (lookUp) => {
      if (underWay >= mostAtOnce) throw overloaded
      underWay += 1
      try {
        return await lookUp()
      } finally {
        underWay -= 1
      }
    },
  }
}
