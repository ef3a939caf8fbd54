import { checksumOf } from './checksum.ts'

/** What an enrolment code holds: the secret that is the right to enrol once, and where. */
export type EnrolmentCode = { readonly secret: string; readonly apiUrl: string }

const digits = '0123456789abcdefghjkmnpqrstvwxyz'
const checksumLength = 7

/** 130 bits. */
export const enrolmentSecretLength = 26

/**
 * `pce_` + secret + checksum + `@` + address of the API: one word to paste, in which people see where it leads. The checksum covers the
 * address: a code that was cut off while copying must not take its secret to somebody else's machine.
 */
export function writeEnrolmentCode({ secret, apiUrl }: EnrolmentCode): string {
  const address = apiUrl.replace(/^https:\/\//, '').replace(/\/$/, '')
  return `pce_${secret}${checksumOf(`${secret}@${address}`, digits, checksumLength)}@${address}`
}

const pattern = /^pce_([0-9a-hjkmnp-tv-z]{26})([0-9a-hjkmnp-tv-z]{7})@(\S{1,200})$/

/** What a code says, or undefined when it is none, or not whole. Plain http leads to this machine only. */
export function readEnrolmentCode(text: string): EnrolmentCode | undefined {
  const [, secret = '', checksum = '', address = ''] = pattern.exec(text.trim()) ?? []
  if (secret === '' || checksum !== checksumOf(`${secret}@${address}`, digits, checksumLength)) return undefined
  if (/^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/.test(address)) return { secret, apiUrl: address }
  return /^[a-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/i.test(address)
    ? { secret, apiUrl: `https://${address}` }
    : undefined
}
