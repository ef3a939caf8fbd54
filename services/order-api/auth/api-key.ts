import { hash, randomInt } from 'node:crypto'
import { checksumOf } from '#contracts/checksum.ts'

export type KeyKind = 'secret' | 'publishable'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 178 bits. */
const charactersOfChance = 30
const charactersOfChecksum = 6

/** What every key looks like; for scanners too, who then compare the checksum. */
const apiKeyPattern = /^[sp]k_(?:live|test)_[0-9A-Za-z]{36}$/

/** `sk_test_…`, `sk_live_…`, `pk_test_…`, `pk_live_…`: 30 characters of chance, and 6 that are the checksum of all before. */
export function makeApiKey(kind: KeyKind, isTest: boolean): string {
  const chance = Array.from({ length: charactersOfChance }, () => digits.charAt(randomInt(digits.length))).join('')
  const start = `${prefixOf(kind, isTest)}${chance}`
  return start + checksumOf(start, digits, charactersOfChecksum)
}

export const prefixOf = (kind: KeyKind, isTest: boolean): string =>
  `${kind === 'secret' ? 'sk' : 'pk'}_${isTest ? 'test' : 'live'}_`

/** Whether it can be a key of ours: found out without asking the database, so that a guess or a slip costs nothing. */
export const isApiKey = (text: string): boolean =>
  apiKeyPattern.test(text) &&
  text.slice(-charactersOfChecksum) === checksumOf(text.slice(0, -charactersOfChecksum), digits, charactersOfChecksum)

/** All that is stored of a key. So many random bits need no slow hash. */
export const hashOfApiKey = (key: string): string => hash('sha256', key, 'hex')
