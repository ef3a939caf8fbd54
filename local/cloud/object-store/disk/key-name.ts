import { createHash } from 'node:crypto'

/** File systems allow 255 bytes; the rest is left for what tools append. */
const maxNameBytes = 240

/**
 * The one file name of a key: safe for every key of S3 (no separators, no dots in front, no control characters) and distinct
 * on file systems that ignore case or normalise Unicode. Reversible by `keyOf`, except for long keys, which are hashed.
 */
export function fileNameOf(key: string): string {
  const name = encode(key)
  return name.length <= maxNameBytes ? name : `#${createHash('sha256').update(key).digest('hex')}`
}

/** The key of a file name; undefined for a hashed one, whose key stands in its record. Throws for a name that is not ours. */
export function keyOf(fileName: string): string | undefined {
  if (fileName.startsWith('#')) return undefined
  const latin1 = fileName.replace(/\+([a-z])|%([0-9a-f]{2})/g, (_, letter?: string, hex = '') =>
    letter === undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : letter.toUpperCase(),
  )
  const key = Buffer.from(latin1, 'latin1').toString('utf8')
  if (fileNameOf(key) !== fileName) throw new Error(`not the file name of a key: ${fileName}`)
  return key
}

function encode(key: string): string {
  return Buffer.from(key, 'utf8')
    .toString('latin1')
    .replace(/^\.|[^a-z0-9._-]/g, (byte) =>
      /[A-Z]/.test(byte) ? `+${byte.toLowerCase()}` : `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
    )
}
