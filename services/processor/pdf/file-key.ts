import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { rc4 } from './rc4.ts'

/** What the encryption dictionary says of the key. */
export type KeyFacts = {
  readonly revision: number
  readonly keyBytes: number
  readonly owner: Buffer
  readonly user: Buffer
  readonly userKey: Buffer
  readonly permissions: number
  readonly firstId: Buffer
  readonly encryptsMetadata: boolean
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')
const noPassword = Buffer.alloc(0)

/** The key of the file for the empty user password (ISO 32000-2, 7.6.4); undefined where it is not the password. */
export const fileKey = (facts: KeyFacts): Buffer | undefined => (facts.revision >= 5 ? newKey(facts) : oldKey(facts))

const md5 = (...parts: readonly Uint8Array[]): Buffer => hash('md5', parts)

function hash(algorithm: string, parts: readonly Uint8Array[]): Buffer {
  const digest = createHash(algorithm)
  for (const part of parts) digest.update(part)
  return digest.digest()
}

/** RC4 and AES-128: revisions 2 to 4. */
function oldKey(facts: KeyFacts): Buffer | undefined {
  const { revision, keyBytes, firstId } = facts
  const permissions = Buffer.alloc(4)
  permissions.writeInt32LE(facts.permissions | 0)
  const tail = revision >= 4 && !facts.encryptsMetadata ? Buffer.alloc(4, 255) : noPassword
  let digest = md5(padding, facts.owner.subarray(0, 32), permissions, firstId, tail)
  if (revision >= 3) for (let round = 0; round < 50; round++) digest = md5(digest.subarray(0, keyBytes))
  const key = digest.subarray(0, keyBytes)
  if (revision === 2) return rc4(key, padding).equals(facts.user.subarray(0, 32)) ? key : undefined
  let check = md5(padding, firstId)
  for (let round = 0; round < 20; round++)
    check = rc4(
      key.map((code) => code ^ round),
      check,
    )
  return check.equals(facts.user.subarray(0, 16)) ? key : undefined
}

/** AES-256: revisions 5 and 6. */
function newKey({ revision, user, userKey }: KeyFacts): Buffer | undefined {
  const digest = revision >= 6 ? hardened : (salt: Buffer) => hash('sha256', [salt])
  if (!digest(user.subarray(32, 40)).equals(user.subarray(0, 32)) || userKey.length < 32) return undefined
  const decipher = createDecipheriv('aes-256-cbc', digest(user.subarray(40, 48)), Buffer.alloc(16))
  decipher.setAutoPadding(false)
  return decipher.update(userKey.subarray(0, 32))
}

/** Algorithm 2.B, for the empty password. */
function hardened(salt: Buffer): Buffer {
  let key = hash('sha256', [salt])
  for (let round = 0; ; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32))
    cipher.setAutoPadding(false)
    const mixed = cipher.update(Buffer.concat(new Array<Buffer>(64).fill(key)))
    let rest = 0
    for (const code of mixed.subarray(0, 16)) rest += code
    key = hash(['sha256', 'sha384', 'sha512'][rest % 3] ?? 'sha256', [mixed])
    if (round >= 63 && (mixed.at(-1) ?? 0) <= round - 31) return key.subarray(0, 32)
  }
}
