import { segment } from '../pages.ts'
import { PrintcloudError } from '../printcloud-error.ts'

/** Everything under it is a file. A test holds these paths equal to the contract's (published/document-paths.ts). */
const root = '/public/v1/'

export const publishedPaths = {
  catalogue: `${root}catalogue.json`,
  facilities: `${root}facilities.json`,
  prices: (currency: string): string => `${root}prices/${segment(currency.toLowerCase())}.json`,
  offers: (currency: string): string => `${root}offers/${segment(currency.toLowerCase())}.json`,
  publication: (id: string): string => `${root}publications/${segment(id)}.json`,
  status: (writtenBy: 'platform' | 'checkout' | 'probe'): string => `${root}status/${writtenBy}.json`,
} as const

const preview = /\/public\/v1\/previews\/[\w-]+\.json/

/** The path of a draft in its link, which may be the page that shows it. Throws `not_found` for another link. */
export function previewPathIn(link: string): string {
  const [path] = preview.exec(link) ?? []
  if (path !== undefined) return path
  throw new PrintcloudError({
    code: 'not_found',
    detail: `"${link}" is no link to a preview; take the preview_url of the publication.`,
    isRetryable: false,
  })
}

/** A path that one document says of another. What leads elsewhere is no path of ours. */
export const isDocumentPath = (path: string): boolean =>
  path.startsWith(root) && /^[\w./-]+\.json$/.test(path) && !path.includes('..')
