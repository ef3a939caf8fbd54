import type { Origin, OriginAnswer, OriginQuestion } from './origin.ts'

/** Neither the first store nor the standby could say whether the object is there. */
class OriginsFailed extends AggregateError {
  override name = 'OriginsFailed'
}

export type OriginGroupOptions = {
  readonly first: Origin
  readonly standby?: Origin | undefined
  /** How long each of them may take for one answer. */
  readonly answerWithinMilliseconds?: number
}

/** Documents are small and the store is near: what takes longer is stuck. CloudFront waits for as long as its origin is set to (1 to 120 s). */
const defaultAnswerWithinMilliseconds = 2_000

/**
 * Asks the first store, and the standby when the first fails. It remembers nothing between two questions, as CloudFront's origin groups do
 * not: no switch can stick on the wrong side, and what the drills see is what the cloud does. Only misses pay for it; whatever is known is
 * served at once (edge.ts). A 404 is an answer of whoever was asked. Throws OriginsFailed.
 */
export function createOriginGroup(options: OriginGroupOptions): Origin {
  const { first, standby, answerWithinMilliseconds = defaultAnswerWithinMilliseconds } = options
  return {
    get: async (key, question) => {
      const causes: unknown[] = []
      for (const origin of standby ? [first, standby] : [first]) {
        try {
          return await within(origin, key, question, answerWithinMilliseconds)
        } catch (cause) {
          question.signal?.throwIfAborted()
          causes.push(cause)
        }
      }
      throw new OriginsFailed(causes, `no store answered for ${key}`)
    },
  }
}

/** The limit holds whether the origin hears the signal or not. */
async function within(
  origin: Origin,
  key: string,
  question: OriginQuestion,
  milliseconds: number,
): Promise<OriginAnswer> {
  const limit = new AbortController()
  const signal = question.signal ? AbortSignal.any([question.signal, limit.signal]) : limit.signal
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  const timer = setTimeout(() => limit.abort(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  try {
    return await Promise.race([origin.get(key, { ...question, signal }), ended])
  } finally {
    clearTimeout(timer)
  }
}
