import type { Clock } from '#chassis/clock.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { EnrolmentCode } from '#contracts/enrolment-code.ts'
import { FacilityEnrolment, type FacilityEnrolmentRequest } from '#contracts/order-api/facility-enrolment.ts'
import { Problem } from '#contracts/order-api/problem.ts'
import { matches, parse } from '#contracts/parse.ts'

/** Longer than the API takes to make credentials. */
const answerWithinMilliseconds = 60_000
const tries = 5
const firstPauseMilliseconds = 1_000

/**
 * Asks the API to let the client in; a lost answer is asked for again, with the same key. Throws Refused with the API's own words, and
 * Transient when there was no answer: the same code may be used again then.
 */
export async function askForGrant(
  { apiUrl }: EnrolmentCode,
  request: FacilityEnrolmentRequest,
  clock: Clock,
): Promise<FacilityEnrolment> {
  let last: unknown
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (attempt > 0) await clock.sleep(firstPauseMilliseconds * 2 ** (attempt - 1))
    try {
      return await askOnce(`${apiUrl}/v1/facility-enrolments`, request)
    } catch (error) {
      if (error instanceof Refused) throw error
      last = error
    }
  }
  throw new Transient(`${apiUrl} did not let this client in, and may do so later. Run the same command again.`, {
    cause: last,
  })
}

async function askOnce(url: string, request: FacilityEnrolmentRequest): Promise<FacilityEnrolment> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    redirect: 'error',
    signal: AbortSignal.timeout(answerWithinMilliseconds),
  })
  const value: unknown = await response.json()
  if (response.ok) return parse('enrolment', FacilityEnrolment, value)
  const words = matches(Problem, value) ? (value.detail ?? value.title) : `The API answered ${response.status}`
  if (response.status >= 500 || response.status === 429) throw new Transient(words)
  throw new Refused('enrolment_refused', words)
}
