import { publicRoot } from './document-paths.ts'

/**
 * What a cached answer depends on, by name: whoever changes the thing drops every answer with its tag. The shapes are CloudFront's
 * (docs.aws.amazon.com, "What you need to know when invalidating tags"): visible ASCII without commas, case does not count.
 */
export type CacheTag = `${TagKind}:${string}` | 'catalogue' | 'facilities' | 'release'

/**
 * Of one thing each; `document` is of one document alone, whatever it was made of. `catalogue` and `facilities` are of a list as a whole: what is
 * new in it has no tag that anybody could know. `release` is everything that comes with the code: tax tables, the way of writing.
 */
export type TagKind =
  | 'document'
  | 'publication'
  | 'product'
  | 'prices'
  | 'account'
  | 'seller'
  | 'buttons'
  | 'page'
  | 'status'

/** More of one object are ignored. */
const mostTagsOfAnObject = 50

/** Metadata of an object in S3, and the header that it becomes on its way through CloudFront: `CacheTagConfig` names it. */
export const tagMetadataName = 'cache-tag'
export const tagHeader = `x-amz-meta-${tagMetadataName}`

export const tagOf = {
  document: (path: string): CacheTag => `document:${path.replace(publicRoot, '')}`,
  publication: (publicationId: string): CacheTag => `publication:${publicationId}`,
  product: (sku: string): CacheTag => `product:${sku}`,
  /** Every price book of a currency, those to come included. */
  prices: (currency: string): CacheTag => `prices:${currency.toLowerCase()}`,
  account: (accountId: string): CacheTag => `account:${accountId}`,
  /** Its name, as visitors read it. */
  seller: (accountId: string): CacheTag => `seller:${accountId}`,
  /** Its publishable keys of a world, and the publication that they stand for. */
  buttons: (accountId: string, isTest: boolean): CacheTag => `buttons:${accountId}-${isTest ? 'test' : 'live'}`,
  page: (name: string): CacheTag => `page:${name}`,
  status: (part: string): CacheTag => `status:${part}`,
} as const

/** The header's text. Throws when there are more tags than a cache would keep: an answer that cannot be dropped must not be kept. */
export function tagText(tags: readonly CacheTag[]): string {
  const distinct = [...new Set(tags)].sort()
  if (distinct.length > mostTagsOfAnObject) {
    throw new Error(`${distinct.length} cache tags, and caches keep ${mostTagsOfAnObject}: ${distinct.join(',')}`)
  }
  return distinct.join(',')
}

/** The tags of a header, in lower case. */
export const tagsIn = (header: string): readonly string[] =>
  header
    .split(',')
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => tag !== '')
