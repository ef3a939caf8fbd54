import type { Facility, FacilityProduct } from '#contracts/facility.ts'

/** A US shop measures its bleed in inches: 1/8 in. */
const usBleedMm = 3.175

const as = (...skus: readonly string[]): FacilityProduct[] => skus.map((sku) => ({ sku }))
const withUsBleed = (...skus: readonly string[]): FacilityProduct[] => skus.map((sku) => ({ sku, bleedMm: usBleedMm }))

/** The test facilities of a laptop: three countries, each good at something else, every product with at least one maker. */
export const localFacilities: readonly Facility[] = [
  {
    id: 'fac_utrecht',
    name: 'Drukkerij Utrecht',
    country: 'NL',
    city: 'Utrecht',
    latitude: 52.0907,
    longitude: 5.1214,
    status: 'open',
    products: as('softcover-a5', 'magazine-a4', 'magazine-a5', 'poster-a3', 'poster-a2'),
  },
  {
    id: 'fac_leipzig',
    name: 'Druckhaus Leipzig',
    country: 'DE',
    city: 'Leipzig',
    latitude: 51.3397,
    longitude: 12.3731,
    status: 'open',
    products: [
      // A bulkier house paper: 1.5 cm³/g instead of 1.25.
      { sku: 'softcover-a5', spine: { kind: 'paper', gsm: 90, bulk: 1.5, coverCaliperMm: 0.3 } },
      ...as('photobook-210x280', 'photobook-210x210', 'canvas-30x40', 'canvas-60x90'),
      ...as('poster-a3', 'poster-a2', 'poster-50x70'),
    ],
  },
  {
    id: 'fac_columbus',
    name: 'Columbus Print Works',
    country: 'US',
    city: 'Columbus',
    latitude: 39.9612,
    longitude: -82.9988,
    status: 'open',
    products: [
      ...as('softcover-6x9', 'canvas-30x40'),
      ...withUsBleed('magazine-a4', 'photobook-210x280', 'poster-a2', 'poster-50x70'),
    ],
  },
]
