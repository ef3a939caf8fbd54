import { createDecipheriv, createHash } from 'node:crypto'
import { fileKey } from './file-key.ts'
import { PdfFault } from './pdf-file.ts'
import { rc4 } from './rc4.ts'
import type { StringDecryption } from './value-reader.ts'
import { type PdfDict, PdfName, type PdfRef, type PdfStream, PdfString, type PdfValue } from './values.ts'

type Resolve = (value: PdfValue | undefined) => PdfValue | undefined
type Method = 'none' | 'rc4' | 'aes128' | 'aes256'

/** Undoes the standard encryption of strings and streams. */
export type Decryption = {
  readonly strings: (id: PdfRef) => StringDecryption | undefined
  readonly stream: (stored: Buffer, stream: PdfStream, resolve: Resolve) => Buffer
}

/** Opens the encryption with the empty password. Throws PASSWORD_REQUIRED where that is not it. */
export function openDecryption(encrypt: PdfDict, firstId: PdfValue | undefined, resolve: Resolve): Decryption {
  const entry = entriesOf(encrypt, resolve)
  const handler = entry.name('Filter')
  if (handler !== undefined && handler !== 'Standard') {
    throw new PdfFault('PASSWORD_REQUIRED', `the file is encrypted by ${handler}, which needs more than a password`)
  }
  const version = entry.number('V', 0)
  const hasFilters = version >= 4
  const filters = resolve(encrypt.get('CF'))
  const methodOf = (name: string): Method =>
    hasFilters ? filterMethod(filters instanceof Map ? filters : new Map(), name, resolve) : 'rc4'
  const encryptsMetadata = resolve(encrypt.get('EncryptMetadata')) !== false
  const strings = methodOf(entry.name('StrF') ?? 'Identity')
  const streams = methodOf(entry.name('StmF') ?? 'Identity')
  const key = fileKey({
    revision: entry.number('R', 2),
    keyBytes: keyBytesOf(version, entry.number('Length', 40)),
    owner: entry.bytes('O'),
    user: entry.bytes('U'),
    userKey: entry.bytes('UE'),
    permissions: entry.number('P', 0),
    firstId: firstId instanceof PdfString ? firstId.bytes : Buffer.alloc(0),
    encryptsMetadata,
  })
  // Where only attachments are encrypted, the pages need no key.
  if (key === undefined && (strings !== 'none' || streams !== 'none')) {
    throw new PdfFault('PASSWORD_REQUIRED', 'the file opens only with a password')
  }
  return {
    strings: (id) =>
      strings === 'none' || key === undefined ? undefined : (bytes) => decrypted(strings, key, id, bytes),
    stream: (stored, stream, within) => {
      const own = ownMethod(stream, within, encryptsMetadata, methodOf) ?? streams
      return own === 'none' || key === undefined ? stored : decrypted(own, key, stream.id, stored)
    },
  }
}

const keyBytesOf = (version: number, bits: number): number =>
  version === 1 ? 5 : version >= 4 ? 16 : Math.min(16, Math.max(5, (bits < 40 ? bits * 8 : bits) >> 3))

const entriesOf = (dict: PdfDict, resolve: Resolve) => ({
  name: (key: string): string | undefined => {
    const value = resolve(dict.get(key))
    return value instanceof PdfName ? value.text : undefined
  },
  number: (key: string, otherwise: number): number => {
    const value = resolve(dict.get(key))
    return typeof value === 'number' ? value : otherwise
  },
  bytes: (key: string): Buffer => {
    const value = resolve(dict.get(key))
    return value instanceof PdfString ? value.bytes : Buffer.alloc(0)
  },
})

function filterMethod(filters: PdfDict, name: string, resolve: Resolve): Method {
  const filter = name === 'Identity' ? undefined : resolve(filters.get(name))
  if (!(filter instanceof Map)) return 'none'
  const method = entriesOf(filter, resolve).name('CFM')
  if (method === 'V2') return 'rc4'
  if (method === 'AESV2') return 'aes128'
  return method === 'AESV3' ? 'aes256' : 'none'
}

/** Where a stream says for itself how it is encrypted: the table of objects never is, metadata may be left open. */
function ownMethod(
  { dict }: PdfStream,
  resolve: Resolve,
  encryptsMetadata: boolean,
  methodOf: (name: string) => Method,
): Method | undefined {
  const type = resolve(dict.get('Type'))
  if (type instanceof PdfName && type.text === 'XRef') return 'none'
  const filters = resolve(dict.get('Filter'))
  const first = Array.isArray(filters) ? resolve(filters[0]) : filters
  if (first instanceof PdfName && first.text === 'Crypt') {
    const parameters = resolve(dict.get('DecodeParms'))
    const own = Array.isArray(parameters) ? resolve(parameters[0]) : parameters
    return methodOf((own instanceof Map ? entriesOf(own, resolve).name('Name') : undefined) ?? 'Identity')
  }
  return type instanceof PdfName && type.text === 'Metadata' && !encryptsMetadata ? 'none' : undefined
}

function decrypted(method: Method, key: Buffer, id: PdfRef, bytes: Buffer): Buffer {
  if (method === 'aes256') return aes('aes-256-cbc', key, bytes)
  const salt = Buffer.alloc(5)
  salt.writeUIntLE(id.number & 0xffffff, 0, 3)
  salt.writeUInt16LE(id.generation & 0xffff, 3)
  const digest = createHash('md5').update(key).update(salt)
  if (method === 'aes128') digest.update('sAlT')
  const own = digest.digest().subarray(0, Math.min(16, key.length + 5))
  return method === 'aes128' ? aes('aes-128-cbc', own, bytes) : rc4(own, bytes)
}

/** The first block is the initial vector; padding that makes no sense stays. */
function aes(cipher: string, key: Buffer, bytes: Buffer): Buffer {
  const whole = bytes.length - (bytes.length % 16)
  if (whole < 32) return Buffer.alloc(0)
  const decipher = createDecipheriv(cipher, key, bytes.subarray(0, 16))
  decipher.setAutoPadding(false)
  const plain = decipher.update(bytes.subarray(16, whole))
  const padding = plain.at(-1) ?? 0
  return padding >= 1 && padding <= 16 ? plain.subarray(0, plain.length - padding) : plain
}
