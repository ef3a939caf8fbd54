import { Refused } from '#chassis/errors.ts'
import { underWay } from '../checkouts/begin-attempt.ts'
import type { Checkout } from '../checkouts/checkout.ts'

/** Also the version from which the payment under way was begun: that changed nothing of what a visitor sees. Throws `version_conflict`. */
export function requireVersion(checkout: Checkout, version: number): void {
  if (version === checkout.version || version === underWay(checkout)?.ofVersion) return
  const detail = `is at version ${checkout.version} by now; found ${version}`
  throw new Refused('version_conflict', 'It was changed elsewhere meanwhile; look at it as it is now.', [
    { pointer: '/version', detail },
  ])
}
