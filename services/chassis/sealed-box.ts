import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/** What is sealed: the sender's key of this once, and the text that nobody else can read; both in base64url. */
export type SealedBox = { readonly version: 1; readonly key: string; readonly box: string }

/** An X25519 pair as its bare 32 bytes in base64url. */
export type KeyPair = { readonly publicKey: string; readonly privateKey: string }

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const cipherName = 'aes-256-gcm'
/** X25519 as it stands in front of a bare key (RFC 8410). */
const pkcs8Start = Buffer.from('302e020100300506032b656e04220420', 'hex')
const spkiStart = Buffer.from('302a300506032b656e032100', 'hex')

export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return {
    publicKey: bareOf(publicKey),
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(pkcs8Start.length).toString('base64url'),
  }
}

/**
 * Seals a text to the holder of `publicKey`: X25519 with a key of this once, HKDF-SHA256, AES-256-GCM. It opens for the same `context`
 * only, such as its purpose and whom it is for. It does not say who sealed it. Throws RangeError for a key that is none.
 */
export function sealTo(publicKey: string, context: string, text: string): SealedBox {
  const once = generateKeyPairSync('x25519')
  const key = bareOf(once.publicKey)
  const secrets = secretsOf(once.privateKey, { theirs: publicKey, key, recipient: publicKey, context })
  const cipher = createCipheriv(cipherName, secrets.key, secrets.nonce)
  cipher.setAAD(Buffer.from(context))
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { version: 1, key, box: Buffer.concat([cipher.getAuthTag(), hidden]).toString('base64url') }
}

/** The text, or undefined when it was sealed to another key or for another context, or was changed. */
export function openSealed({ publicKey, privateKey }: KeyPair, context: string, sealed: SealedBox): string | undefined {
  const bytes = Buffer.from(sealed.box, 'base64url')
  if (bytes.length < tagBytes) return undefined
  try {
    const own = createPrivateKey({ key: derOf(pkcs8Start, privateKey), format: 'der', type: 'pkcs8' })
    const { key } = sealed
    const secrets = secretsOf(own, { theirs: key, key, recipient: publicKey, context })
    const decipher = createDecipheriv(cipherName, secrets.key, secrets.nonce, { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(bytes.subarray(0, tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    // Which of the faults it was helps nobody but whoever changed it.
    return undefined
  }
}

/** Whether it can be somebody's public key: 32 bytes that are no point of small order, with which everybody would share one secret. */
export function isPublicKey(text: string): boolean {
  try {
    sealTo(text, 'probe', '')
    return true
  } catch {
    return false
  }
}

type Exchange = {
  readonly theirs: string
  readonly key: string
  readonly recipient: string
  readonly context: string
}

/** Both public keys are part of it, so that a box belongs to its recipient. A key is used once, so its nonce may come from it. */
function secretsOf(own: KeyObject, { theirs, key, recipient, context }: Exchange) {
  const publicKey = createPublicKey({ key: derOf(spkiStart, theirs), format: 'der', type: 'spki' })
  const shared = diffieHellman({ privateKey: own, publicKey })
  const salt = Buffer.concat([Buffer.from(key, 'base64url'), Buffer.from(recipient, 'base64url')])
  const made = Buffer.from(hkdfSync('sha256', shared, salt, `printcloud/sealed/1/${context}`, keyBytes + nonceBytes))
  return { key: made.subarray(0, keyBytes), nonce: made.subarray(keyBytes) }
}

function derOf(start: Buffer, bare: string): Buffer {
  const bytes = Buffer.from(bare, 'base64url')
  if (bytes.length !== keyBytes || bytes.toString('base64url') !== bare) throw new RangeError('no X25519 key')
  return Buffer.concat([start, bytes])
}

const bareOf = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).subarray(spkiStart.length).toString('base64url')
