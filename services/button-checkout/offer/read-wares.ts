import { Refused } from '#chassis/errors.ts'
import type { CheckoutStart } from '#contracts/checkout/start.ts'
import { checkSource } from './check-source.ts'
import type { Published } from './published.ts'
import type { Wares } from './wares.ts'

/**
 * Reads what a button stands for. Throws Refused: `not_found` for what is not published, `invalid_request` for a file that this publication
 * does not take from a page; Transient when something was never read and cannot be read.
 */
export async function readWares(published: Published, start: CheckoutStart): Promise<Wares> {
  const id = start.publication ?? (start.account && (await published.publicationIdOfKey(start.account)))
  const [publication, sale] = id === undefined ? [] : await Promise.all([published.publication(id), published.sale(id)])
  if (!publication || !sale) throw new Refused('not_found', 'This is not published, or not any more.')
  const content = sale.value.content
  checkSource(content, start)
  const { currency, offers } = sale.value
  const proofPath = content.kind === 'page' ? undefined : publication.value.proof
  const [prices, products, proof] = await Promise.all([
    published.prices(currency),
    Promise.all(offers.map(({ sku }) => published.product(sku))),
    // A picture of it is not worth a sale.
    proofPath === undefined ? undefined : published.proof(proofPath).catch(() => undefined),
  ])
  return {
    start: { ...start, publication: sale.value.publication_id },
    publication: publication.value,
    sale: sale.value,
    proof: proof?.value,
    products,
    prices,
    isStale: publication.isStale || sale.isStale || prices.isStale,
  }
}
