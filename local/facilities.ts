import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import type { Facility, FacilityProduct, OpeningHours } from '#contracts/facility.ts'
import type { Paper } from '#contracts/paper.ts'

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

/** Five days a week; the cut-off is that of its price books. */
const weekdays = (timeZone: string, cutOff: string): OpeningHours => ({ timeZone, weekdays: [1, 2, 3, 4, 5], cutOff })

/** Offset of 1.25 cm³/g, as the catalogue takes it, and the bulkier cream of one house; a coated cover. */
const papers = (bulk: number): Paper[] => [
  { id: 'offset-90', title: `Offset 90 g, ${bulk} cm³/g`, gsm: 90, caliperMicrometres: 90 * bulk },
  { id: 'cover-300', title: 'Coated board 300 g', gsm: 300, caliperMicrometres: 300 },
]

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
    papers: papers(1.25),
    opening: weekdays('Europe/Amsterdam', '12:00'),
    capacity: { pagesADay: 400_000, itemsADay: 3_000 },
    quality: { onTimePercent: 98, reprintPercent: 0.8 },
    carriers: [
      { name: 'PostNL', methods: ['standard', 'express'], countries: ['NL', 'BE'] },
      { name: 'DPD', methods: ['standard', 'express'], countries: ['*'] },
    ],
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
    papers: papers(1.5),
    opening: weekdays('Europe/Berlin', '11:00'),
    capacity: { pagesADay: 900_000, itemsADay: 8_000 },
    quality: { onTimePercent: 97, reprintPercent: 1 },
    carriers: [{ name: 'DHL', methods: ['standard', 'express'], countries: ['*'] }],
    products: [
      // A bulkier house paper: its spine is measured, and wider.
      { sku: 'softcover-a5', paper: { interior: 'offset-90', cover: 'cover-300' } },
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
    opening: weekdays('America/New_York', '11:00'),
    capacity: { pagesADay: 600_000, itemsADay: 5_000 },
    quality: { onTimePercent: 96, reprintPercent: 1.2 },
    carriers: [{ name: 'UPS', methods: ['standard', 'express'], countries: ['*'] }],
    products: [
      ...as(...skusOf('softcover_book', isUs), ...skusOf('hardcover_book', isUs), 'canvas-30x40'),
      ...american('magazine-a4', 'photobook-210x280', 'poster-a2', 'poster-50x70', 'poster-61x91', 'card-a6'),
    ],
  },
]
