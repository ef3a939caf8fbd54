import { Refused } from '#chassis/errors.ts'
import type { CheckoutStart } from '#contracts/checkout/start.ts'
import type { PublicationContent } from '#contracts/order-api/publication-fields.ts'

/**
 * Whether the page may name this file: only where the publication leaves that to pages, and only at the origins that its publisher listed.
 * Throws Refused `invalid_request`.
 */
export function checkSource(content: PublicationContent, { src }: Pick<CheckoutStart, 'src'>): void {
  if (content.kind !== 'page') return
  const allowed = content.origins.join(', ')
  if (src === undefined)
    throw refused('is required: the publication has no file of its own; the button names it in src')
  const url = URL.parse(src)
  if (!url) throw refused('must be an address')
  const hasLogin = url.username !== '' || url.password !== ''
  if (hasLogin || !content.origins.includes(url.origin)) throw refused(`must lie at ${allowed}; found ${url.origin}`)
}

const refused = (detail: string): Refused =>
  new Refused('invalid_request', 'This button names a file that cannot be printed from here.', [
    { pointer: '/start/src', detail },
  ])
