import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Facility, FacilityProduct } from '#contracts/facility.ts'

/** A US shop measures its bleed in inches: 1/8 in. */
const usBleedMm = 3.175

const as = (...skus: readonly string[]): FacilityProduct[] => skus.map((sku) => ({ sku }))
const withUsBleed = (...skus: readonly string[]): FacilityProduct[] => skus.map((sku) => ({ sku, bleedMm: usBleedMm }))

const isUs = ({ colour }: Product): boolean => colour?.outputIntent === 'GRACoL2006'
const skusOf = (family: Product['family'], choose: (product: Product) => boolean = () => true): readonly string[] =>
  catalogue.filter((product) => product.family === family && choose(product)).map(({ sku }) => sku)

const europeanSoftcovers = skusOf('softcover_book', (product) => !isUs(product))
/** As it is delivered for American paper: bleed in inches, inks of GRACoL. */
const american = (...skus: readonly string[]): FacilityProduct[] =>
  withUsBleed(...skus).map((product) => ({ ...product, colour: { pictures: 'keep', outputIntent: 'GRACoL2006' } }))

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
    products: as(
      ...europeanSoftcovers,
      ...skusOf('magazine'),
      ...skusOf('card'),
      ...skusOf('calendar'),
      'poster-a4',
      'poster-a3',
      'poster-a2',
    ),
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
      ...as(...europeanSoftcovers.filter((sku) => sku !== 'softcover-a5')),
      ...as(...skusOf('hardcover_book', (product) => !isUs(product))),
      ...as(...skusOf('photo_book'), ...skusOf('layflat'), ...skusOf('canvas'), ...skusOf('poster')),
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
      ...as(...skusOf('softcover_book', isUs), ...skusOf('hardcover_book', isUs), 'canvas-30x40'),
      ...american('magazine-a4', 'photobook-210x280', 'poster-a2', 'poster-50x70', 'poster-61x91', 'card-a6'),
    ],
  },
]
