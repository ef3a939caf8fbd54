import { newId } from '#chassis/ids.ts'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { ProcessTicket, Source } from '#contracts/messages/process-ticket.ts'

export type SourceSpec = Partial<Source> & Pick<Source, 'role'> & { readonly bytes?: Uint8Array }

/** A process ticket for these sources; files are uploaded unless they name a url or key. */
export async function ticketOf(
  product: Product | string,
  specs: readonly SourceSpec[],
  upload: (bytes: Uint8Array) => Promise<string>,
  more: Partial<ProcessTicket>,
): Promise<ProcessTicket> {
  const chosen = typeof product === 'string' ? productOf(product) : product
  if (!chosen) throw new Error(`No product ${String(product)}`)
  const now = new Date()
  const orderId = newId('ord', now)
  const sources = await Promise.all(
    specs.map(async ({ bytes, ...source }) => ({
      position: 0,
      ...source,
      ...(bytes ? { key: await upload(bytes) } : {}),
    })),
  )
  return {
    type: 'process',
    ticketId: newId('tkt', now),
    orderId,
    itemId: newId('itm', now),
    issuedAt: now.toISOString(),
    product: chosen,
    facilityId: 'fac_test',
    options: {},
    sources,
    outputPrefix: `facilities/fac_test/${orderId}/`,
    ...more,
  }
}
