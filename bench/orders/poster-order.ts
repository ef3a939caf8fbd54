import type { OrderRequest } from '#contracts/order-api/order-request.ts'

/** The order that is measured: one A3 poster for the Netherlands, from an uploaded file. */
export const posterOrder = (fileId: string): OrderRequest => ({
  recipient: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    address: { line1: 'Oudegracht 1', city: 'Utrecht', postal_code: '3511 AA', country: 'NL' },
  },
  shipping_method: 'standard',
  items: [{ sku: 'poster-a3', quantity: 1, files: { image: fileId } }],
})
