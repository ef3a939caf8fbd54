import type { AccessKey } from '#contracts/facility-grant.ts'

/** One client of a facility: it has a user of its own, so that one can be shut out without the others. */
export type FacilityClient = { readonly facilityId: string; readonly clientId: string }

/** `principalId`: as the queue service names who sent a message. The same for every key of the client. */
export type IssuedKey = AccessKey & { readonly principalId: string }

/**
 * Who makes and takes away the access keys of print clients. Both may be called again after a crash; both throw Transient where the
 * service that keeps the keys does not answer.
 */
export type FacilityKeys = {
  /** A new key with the rights of the client's facility and no others. Of the client's older keys only those of `keep` go on to work. */
  readonly issue: (client: FacilityClient, keep: readonly string[]) => Promise<IssuedKey>
  /** From now on the client has no keys but those of `keep`; with none its user goes too. */
  readonly revoke: (client: FacilityClient, keep: readonly string[]) => Promise<void>
}
