import { type Static, Type } from 'typebox'
import { Facility } from '../facility.ts'

/** /public/v1/facilities.json: who makes what, and where; the checkout routes as order-api does. */
export const FacilitiesDocument = Type.Object(
  { object: Type.Literal('facilities'), data: Type.Array(Facility) },
  { additionalProperties: false },
)
export type FacilitiesDocument = Static<typeof FacilitiesDocument>
