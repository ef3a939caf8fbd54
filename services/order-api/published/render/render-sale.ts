import type { SaleDocument } from '#contracts/published/sale-document.ts'
import type { Use } from '../tracked.ts'
import type { PublicationSource } from './render-publication.ts'
import { type Rendered, rendered } from './rendered.ts'

/** What the checkout needs to sell a publication; nothing where nobody published it. */
export function renderSale(
  { account, seller, routing, publication }: PublicationSource,
  use: Use,
): Rendered | undefined {
  const accountId = use(account)
  const shown = use(publication)
  if (!shown) return undefined
  const { id, isTest, version, fields } = shown
  const policy = use(routing)
  const { title, content, offers, currency, country, reference, valid_from, valid_until } = fields
  const document: SaleDocument = {
    object: 'sale',
    publication_id: id,
    account_id: accountId,
    is_test: isTest,
    version,
    seller: use(seller),
    title,
    content,
    offers: [...offers],
    currency,
    ...(country === undefined ? {} : { country }),
    ...(policy === undefined ? {} : { routing: policy }),
    ...(reference === undefined ? {} : { reference }),
    ...(valid_from === undefined ? {} : { valid_from }),
    ...(valid_until === undefined ? {} : { valid_until }),
  }
  return rendered(document)
}
