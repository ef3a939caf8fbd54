import { endOfPrefix, fromBytes, type KeyIndex, toBytes } from './key-index.ts'

export type ListPage = {
  readonly keys: readonly string[]
  readonly commonPrefixes: readonly string[]
  /** Where the next page starts; undefined on the last. */
  readonly nextToken: string | undefined
}

type Listing = {
  readonly prefix: string
  readonly delimiter: string
  /** Keys and common prefixes together. */
  readonly maxKeys: number
  /** Only keys above this one; '' for all. A token takes its place. */
  readonly startAfter: string
  readonly token: string | undefined
}

/** One page of a listing in key order; keys that share what stands before the next delimiter come as one common prefix. */
export function listPage(index: KeyIndex, listing: Listing): ListPage {
  const prefix = toBytes(listing.prefix)
  const delimiter = toBytes(listing.delimiter)
  const keys: string[] = []
  const commonPrefixes: string[] = []
  let position = Math.max(index.position(prefix), index.position(firstWanted(listing)))
  const next = (): string | undefined => {
    const key = index.at(position)
    return key?.startsWith(prefix) ? key : undefined
  }
  for (let key = next(); key !== undefined && keys.length + commonPrefixes.length < listing.maxKeys; key = next()) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    if (end < 0) {
      keys.push(fromBytes(key))
      position += 1
    } else {
      const common = key.slice(0, end + delimiter.length)
      commonPrefixes.push(fromBytes(common))
      position = index.position(endOfPrefix(common))
    }
  }
  const following = listing.maxKeys === 0 ? undefined : next()
  return { keys, commonPrefixes, nextToken: following && Buffer.from(following, 'latin1').toString('base64url') }
}

/** The lowest bytes a wanted key may have: the token is such a key, and the least string above another is that plus a zero byte. */
function firstWanted(listing: Listing): string {
  if (listing.token !== undefined) return Buffer.from(listing.token, 'base64url').toString('latin1')
  return listing.startAfter === '' ? '' : `${toBytes(listing.startAfter)}\0`
}
