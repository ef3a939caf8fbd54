import { Transient } from '#chassis/errors.ts'
import type { FacilityKeys } from './facility-keys.ts'

/** Of a platform that is not set up to issue keys: its facilities get theirs from the operator by hand. */
export const noKeys: FacilityKeys = {
  issue: async () => {
    throw new Transient('This platform is not set up to issue access keys', { retryAfterSeconds: 60 })
  },
  revoke: async () => {
    throw new Transient('This platform is not set up to take access keys away', { retryAfterSeconds: 60 })
  },
}
