import type { PlaceExactness } from '#contracts/order-api/order-routing.ts'

/** Where somebody is, in degrees, and how exactly that is known. */
export type Place = { readonly latitude: number; readonly longitude: number; readonly exactness: PlaceExactness }
