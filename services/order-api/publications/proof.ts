import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import { fingerprintOf } from '../store/idempotency.ts'

type Source = { readonly file: string } | { readonly url: string }

/** What is looked at, and as which products. */
export type WantedProof = Pick<ProofTicket, 'title' | 'offers'> & { readonly source: Source }

/** The proof that these fields ask for; undefined where the content is named by a page, or comes later. */
export function proofOf({
  content,
  offers,
  title,
}: Pick<PublicationFields, 'content' | 'offers' | 'title'>): WantedProof | undefined {
  const source = sourceOf(content)
  return source && { source, title, offers: offers.map(({ sku, options = {} }) => ({ sku, options })) }
}

function sourceOf(content: PublicationFields['content']): Source | undefined {
  switch (content.kind) {
    case 'file':
      return { file: content.file }
    case 'url':
      return { url: content.url }
    case 'page':
    case 'asynchronous':
      return undefined
    default:
      return content satisfies never
  }
}

/** By which versions with the same content and offers share it: 64 hex digits. A title only shows on covers that we make. */
export const proofKeyOf = ({ source, offers }: WantedProof): string => fingerprintOf({ source, offers })
