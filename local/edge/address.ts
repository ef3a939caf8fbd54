import { keyOfPath, publicRoot } from '#contracts/published/document-paths.ts'
import { encodings, fullPathOf, variantOf, type Wish } from '#contracts/published/variants.ts'

/** Longer than any path of a document. */
export const longestPath = 512
/** All that paths of documents are made of; no `%`. */
const plainPath = /^[\w./~-]+$/
/** An empty segment, `.` or `..`, at the end too: anything that could mean another key. */
const oddSegment = /\/\.{0,2}(\/|$)/

/** The path of a request target as it came, without its query: CloudFront's cache key has none either. */
const pathOf = (target: string): string => target.split(/[?#]/, 1)[0] ?? ''

/** Whether the read path answers for this target: everything under /public/, and the short addresses. */
export function isPublished(target: string): boolean {
  const path = pathOf(target)
  return path.startsWith('/public/') || fullPathOf(path) !== path
}

export type Place = {
  /** Of the object in the documents bucket. */
  readonly key: string
  /** The request header that chose among its variants. */
  readonly variesBy?: 'accept' | 'accept-encoding'
}

/** The object that a target means to this caller; undefined when there can be none. */
export function placeOf(target: string, wish: Wish): Place | undefined {
  const path = fullPathOf(pathOf(target))
  if (path.length > longestPath || !path.startsWith(publicRoot)) return undefined
  if (!plainPath.test(path) || oddSegment.test(path)) return undefined
  const variant = variantOf(path, wish)
  const place = { key: keyOfPath(variant) }
  if (path.startsWith(`${publicRoot}thumbnails/`)) return { ...place, variesBy: 'accept' }
  return isOneOfSeveral(variant) ? { ...place, variesBy: 'accept-encoding' } : place
}

/**
 * Whether an object is one form of a text: decided by its key alone, so that whoever asks for it by its own name is told the same as those
 * who are led there. Asked of variantOf itself, so that the two can never differ.
 */
function isOneOfSeveral(variant: string): boolean {
  const form = encodings.find(({ ending }) => variant.endsWith(ending))
  const path = form === undefined ? variant : variant.slice(0, -form.ending.length)
  return variantOf(path, { accept: '', acceptEncoding: 'br' }) !== path
}
