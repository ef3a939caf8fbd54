import { Refused } from '#chassis/errors.ts'
import { longestKeyLifeYears } from '#contracts/order-api/api-key.ts'

/** When a key ends, as UTC; throws Refused unless that is in the future and at most 5 years away. Null: never. */
export function endOfKey(text: string | undefined, now: Date): string | null {
  if (text === undefined) return null
  const latest = new Date(now)
  latest.setUTCFullYear(latest.getUTCFullYear() + longestKeyLifeYears)
  const end = new Date(text)
  if (end > now && end <= latest) return end.toISOString()
  const found = Number.isNaN(end.getTime()) ? 'no date' : end.toISOString()
  const detail = `must be after now and not after ${latest.toISOString()}; found ${found}`
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/expires_at', detail },
  ])
}
