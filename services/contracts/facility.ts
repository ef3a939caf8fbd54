import { type Static, Type } from 'typebox'
import { Colour, type Product } from './catalogue/product.ts'
import { SpineRule } from './geometry/spine.ts'
import { FacilityId } from './ids.ts'
import { Paper } from './paper.ts'

/** How one facility makes one product: what differs from the catalogue, because its paper, inks and trimmer differ. */
export const FacilityProduct = Type.Object({
  sku: Type.String(),
  bleedMm: Type.Optional(Type.Number({ minimum: 0 })),
  spine: Type.Optional(SpineRule),
  colour: Type.Optional(Colour),
  /** Papers of this facility, by id: the spine is measured from them, unless `spine` says otherwise. */
  paper: Type.Optional(Type.Object({ interior: Type.String(), cover: Type.Optional(Type.String()) })),
  productionDays: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 120, description: 'working days, where they are not those of the rate' }),
  ),
})
export type FacilityProduct = Static<typeof FacilityProduct>

/** When a facility works. What comes after the cut-off, or on a day that it is closed, counts from its next open day. */
export const OpeningHours = Type.Object({
  timeZone: Type.String({ description: 'IANA name, such as Europe/Amsterdam' }),
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
    minItems: 1,
    uniqueItems: true,
    description: 'ISO 8601: 1 is Monday',
  }),
  cutOff: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: 'local time' }),
  closedOn: Type.Optional(Type.Array(Type.String({ format: 'date' }), { description: 'holidays' })),
})
export type OpeningHours = Static<typeof OpeningHours>

/** What it can make in a working day. */
export const Capacity = Type.Object({
  pagesADay: Type.Integer({ minimum: 1 }),
  itemsADay: Type.Integer({ minimum: 1 }),
})
export type Capacity = Static<typeof Capacity>

/** How well it worked of late, out of its own orders or as the operator knows it. */
export const Quality = Type.Object({
  onTimePercent: Type.Number({ minimum: 0, maximum: 100 }),
  reprintPercent: Type.Number({ minimum: 0, maximum: 100 }),
})
export type Quality = Static<typeof Quality>

/** Who takes its parcels where; zones and prices stand in its price books. */
export const Carrier = Type.Object({
  name: Type.String(),
  methods: Type.Array(Type.Enum(['standard', 'express']), { minItems: 1 }),
  countries: Type.Array(Type.String({ pattern: '^([A-Z]{2}|\\*)$' }), { minItems: 1 }),
})
export type Carrier = Static<typeof Carrier>

/** A place that prints. Data, not code: the operator adds one without a release. */
export const Facility = Type.Object({
  id: FacilityId,
  name: Type.String(),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  city: Type.String(),
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  status: Type.Enum(['open', 'paused', 'draining']),
  products: Type.Array(FacilityProduct),
  papers: Type.Optional(Type.Array(Paper)),
  opening: Type.Optional(OpeningHours),
  /** Absent: nothing is known of it, and load does not count against the facility. */
  capacity: Type.Optional(Capacity),
  quality: Type.Optional(Quality),
  carriers: Type.Optional(Type.Array(Carrier)),
})
export type Facility = Static<typeof Facility>

/** The product as this facility makes it, or undefined when it does not. */
export function productAt(facility: Facility, product: Product): Product | undefined {
  const own = facility.products.find((each) => each.sku === product.sku)
  if (!own) return undefined
  const { construction } = product
  const spine = own.spine ?? spineByPaper(facility, own)
  const colour = own.colour ?? product.colour
  const papers = papersOf(facility, own, product)
  return {
    ...product,
    ...(papers ? { papers } : {}),
    bleedMm: own.bleedMm ?? product.bleedMm,
    ...(colour ? { colour } : {}),
    construction: construction.kind === 'book' && spine ? { ...construction, spine } : construction,
  }
}

/** What it prints its parts on; a product of one sheet has that alone. */
function papersOf({ papers = [] }: Facility, { paper }: FacilityProduct, product: Product): Product['papers'] {
  const inner = papers.find(({ id }) => id === paper?.interior)
  const cover = papers.find(({ id }) => id === paper?.cover)
  if (!inner && !cover) return undefined
  const part = product.paper.sheet === undefined ? 'interior' : 'sheet'
  return { ...(inner ? { [part]: inner } : {}), ...(cover ? { cover } : {}) }
}

/** By the papers that the facility says it makes the product of; nothing where it names none, or one that it does not have. */
function spineByPaper({ papers = [] }: Facility, { paper }: FacilityProduct): SpineRule | undefined {
  const caliperOf = (id: string | undefined) => papers.find((each) => each.id === id)?.caliperMicrometres
  const leafMicrometres = caliperOf(paper?.interior)
  const coverMicrometres = paper?.cover === undefined ? 0 : caliperOf(paper.cover)
  if (leafMicrometres === undefined || coverMicrometres === undefined) return undefined
  return { kind: 'caliper', leafMicrometres, coverMicrometres }
}
