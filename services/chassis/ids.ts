import { randomFillSync } from 'node:crypto'

const crockford = '0123456789abcdefghjkmnpqrstvwxyz'
const randomCharacters = 16
const pool = Buffer.alloc(4096)
let used = pool.length

/**
 * A new id such as `ord_01k9…`: 48 bits of time, 80 random bits, lower case, sortable by birth (the ULID layout).
 * The caller of an insert makes it, so that a retried insert is harmless.
 */
export function newId<P extends string>(prefix: P, now: Date): `${P}_${string}` {
  let text = ''
  let time = now.getTime()
  for (let place = 0; place < 10; place += 1) {
    text = crockford.charAt(time % 32) + text
    time = Math.floor(time / 32)
  }
  for (const byte of randomBytes()) text += crockford.charAt(byte & 31)
  return `${prefix}_${text}`
}

/** One call of the system for 256 ids: ids are made on the hot path. */
function randomBytes(): Uint8Array {
  if (used + randomCharacters > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += randomCharacters
  return pool.subarray(used - randomCharacters, used)
}
