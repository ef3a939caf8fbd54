type Place = { readonly latitude: number; readonly longitude: number }

/** A place with what distances are computed from. */
export type Point = { readonly latitudeRad: number; readonly longitudeRad: number; readonly cosLatitude: number }

const earthRadiusKm = 6371
const radians = (degrees: number): number => (degrees * Math.PI) / 180

export function pointOf({ latitude, longitude }: Place): Point {
  const latitudeRad = radians(latitude)
  return { latitudeRad, longitudeRad: radians(longitude), cosLatitude: Math.cos(latitudeRad) }
}

/** Great-circle distance in kilometres (haversine). */
export function kmBetween(from: Point, to: Point): number {
  const chord =
    Math.sin((to.latitudeRad - from.latitudeRad) / 2) ** 2 +
    from.cosLatitude * to.cosLatitude * Math.sin((to.longitudeRad - from.longitudeRad) / 2) ** 2
  // Rounding makes a little more than 1 of places that face each other through the earth.
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}

export const distanceKm = (from: Place, to: Place): number => kmBetween(pointOf(from), pointOf(to))
