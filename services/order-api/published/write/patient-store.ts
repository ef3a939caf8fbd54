import type { S3Client } from '@aws-sdk/client-s3'
import { Transient } from '#chassis/errors.ts'

/** So many calls in a row without an answer, and it is thought to be away, */
const mostFailures = 6
/** for so long. */
const awayMilliseconds = 10_000

/**
 * A store that may be away for hours: after some calls without an answer, further ones fail at once for 10 s. Whoever writes to it and to another
 * one would otherwise wait for it with each document. Throws Transient meanwhile.
 */
export function patientStore(s3: S3Client, nowMs: () => number = () => performance.now()): Pick<S3Client, 'send'> {
  let failures = 0
  let awayUntilMs = 0
  s3.middlewareStack.add(
    (next) => async (argument) => {
      if (nowMs() < awayUntilMs) throw new Transient('The store did not answer a moment ago, and is not asked now')
      try {
        const answer = await next(argument)
        failures = 0
        return answer
      } catch (error) {
        // An answer that refuses is an answer.
        const isAnswered =
          error instanceof Error && '$metadata' in error && '$fault' in error && error.$fault === 'client'
        failures = isAnswered ? 0 : failures + 1
        if (failures >= mostFailures) awayUntilMs = nowMs() + awayMilliseconds
        throw error
      }
    },
    { step: 'initialize', name: 'patience' },
  )
  return s3
}
