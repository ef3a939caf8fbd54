import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Static } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { issuedKeyStart, KeyInFolder } from '../../../services/order-api/enrolment/keys/issued-key.ts'

export type IssuedKeyFound = Readonly<Static<typeof KeyInFolder>>

/** Keys that order-api gave to print clients. Read anew each time: a key that is taken away is refused at once. */
export type IssuedKeys = {
  /** Whether it is, or was, one of a facility. */
  readonly isIssued: (accessKeyId: string) => boolean
  readonly find: (accessKeyId: string) => IssuedKeyFound | undefined
}

/** `folder` as order-api was told it; '' where no keys are issued. */
export function issuedKeysIn(folder: string): IssuedKeys {
  const isIssued = (accessKeyId: string): boolean =>
    accessKeyId.startsWith(issuedKeyStart) && /^[A-Z2-7]{16,32}$/.test(accessKeyId)
  return {
    isIssued,
    find: (accessKeyId) => {
      if (folder === '' || !isIssued(accessKeyId)) return undefined
      try {
        return parse('access key', KeyInFolder, JSON.parse(readFileSync(join(folder, `${accessKeyId}.json`), 'utf8')))
      } catch {
        // Taken away, or never there: whoever comes with it is refused.
        return undefined
      }
    },
  }
}
