import { type Static, Type } from 'typebox'
import { Colour, type Product } from './catalogue/product.ts'
import { SpineRule } from './geometry/spine.ts'
import { FacilityId } from './ids.ts'

/** How one facility makes one product: what differs from the catalogue, because its paper, inks and trimmer differ. */
export const FacilityProduct = Type.Object({
  sku: Type.String(),
  bleedMm: Type.Optional(Type.Number({ minimum: 0 })),
  spine: Type.Optional(SpineRule),
  colour: Type.Optional(Colour),
})
export type FacilityProduct = Static<typeof FacilityProduct>

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
})
export type Facility = Static<typeof Facility>

/** The product as this facility makes it, or undefined when it does not. */
export function productAt(facility: Facility, product: Product): Product | undefined {
  const own = facility.products.find((each) => each.sku === product.sku)
  if (!own) return undefined
  const { construction } = product
  const colour = own.colour ?? product.colour
  return {
    ...product,
    bleedMm: own.bleedMm ?? product.bleedMm,
    ...(colour ? { colour } : {}),
    construction: construction.kind === 'book' && own.spine ? { ...construction, spine: own.spine } : construction,
  }
}
