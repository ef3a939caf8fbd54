/** A facility that was looked at for an order, and why it was chosen or not. */
export type Candidate = {
  readonly facilityId: string
  readonly distanceKm: number
  readonly canMake: readonly string[]
  readonly isChosen: boolean
  readonly reason: string
}
