import { bookTitle, type Samples } from '../samples/make-samples.ts'
import type { PlannedOrder } from './planned-order.ts'

/** One order a product family, made of the sample files. */
export function sampleOrders({ book, magazine, photos, canvas, poster }: Samples): PlannedOrder[] {
  return [
    { items: [{ sku: 'softcover-a5', title: bookTitle, files: [{ role: 'interior', path: book }] }] },
    { items: [{ sku: 'magazine-a4', title: 'Upstream', files: [{ role: 'interior', path: magazine }] }] },
    {
      items: [
        {
          sku: 'photobook-210x280',
          title: 'Far hills',
          files: photos.map((path) => ({ role: 'images', path })),
        },
      ],
    },
    { items: [{ sku: 'canvas-30x40', files: [{ role: 'image', path: canvas }] }] },
    { items: [{ sku: 'poster-a2', files: [{ role: 'image', path: poster }] }] },
  ]
}
