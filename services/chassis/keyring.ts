import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Signs and seals with the platform's master keys. Each purpose has keys of its own (HKDF), so that what was made for one is
 * worth nothing for another. The newest key makes, every key may check and open: a key is replaced by putting a new one before it.
 */
export type Keyring = {
  /** HMAC-SHA256 in base64url. */
  readonly sign: (purpose: string, text: string) => string
  /** The same by every key, the newest first. */
  readonly signatures: (purpose: string, text: string) => readonly string[]
  /** Compares in constant time. */
  readonly isSigned: (purpose: string, text: string, signature: string) => boolean
  /** AES-256-GCM in base64url, for secrets that must be read again. */
  readonly seal: (purpose: string, text: string) => string
  /** Undefined when no key opens it. */
  readonly open: (purpose: string, sealed: string) => string | undefined
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** `masterKeys`: keys of 32 bytes in base64, newest first, with commas between. Throws on anything else. */
export function createKeyring(masterKeys: string): Keyring {
  const masters = masterKeys.split(',').map((key) => Buffer.from(key.trim(), 'base64'))
  if (masters.some(({ length }) => length !== keyBytes)) {
    throw new Error(
      'MASTER_KEYS must be keys of 32 bytes in base64 with commas between, such as "openssl rand -base64 32" makes',
    )
  }
  const derived = new Map<string, readonly Buffer[]>()
  const keysOf = (purpose: string): readonly Buffer[] => {
    const known = derived.get(purpose)
    if (known) return known
    const keys = masters.map((master) => Buffer.from(hkdfSync('sha256', master, '', `printcloud/${purpose}`, keyBytes)))
    derived.set(purpose, keys)
    return keys
  }
  const newest = (purpose: string): Buffer => keysOf(purpose)[0] ?? Buffer.alloc(0)
  return {
    sign: (purpose, text) => signature(newest(purpose), text).toString('base64url'),
    signatures: (purpose, text) => keysOf(purpose).map((key) => signature(key, text).toString('base64url')),
    isSigned: (purpose, text, given) => {
      const found = Buffer.from(given, 'base64url')
      // The last character has bits that say nothing: one signature has one spelling, so that no link has two.
      if (found.toString('base64url') !== given) return false
      return keysOf(purpose).some((key) => isSame(signature(key, text), found))
    },
    seal: (purpose, text) => sealWith(newest(purpose), text),
    open: (purpose, sealed) => {
      for (const key of keysOf(purpose)) {
        const text = openWith(key, sealed)
        if (text !== undefined) return text
      }
      return undefined
    },
  }
}

const signature = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const isSame = (wanted: Buffer, found: Buffer): boolean =>
  wanted.length === found.length && timingSafeEqual(wanted, found)

function sealWith(key: Buffer, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')
}

function openWith(key: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < nonceBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    // Another key sealed it, or somebody changed it: the caller is told that it does not open.
    return undefined
  }
}
