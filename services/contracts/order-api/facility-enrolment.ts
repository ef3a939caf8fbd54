import { type Static, Type } from 'typebox'
import { FacilityClientId, Sealed } from '../facility-grant.ts'
import { FacilityId } from '../ids.ts'

/** A print client that asks to be let in, with the code that the operator gave its people. */
export const FacilityEnrolmentRequest = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 300, description: 'pce_…, as the operator made it; works once' }),
    client_id: FacilityClientId,
    client_name: Type.String({
      minLength: 1,
      maxLength: 80,
      description: 'for the operator’s list; a name of the machine',
    }),
    public_key: Type.String({
      pattern: '^[A-Za-z0-9_-]{43}$',
      description: 'X25519 public key, 32 bytes in base64url: what the answer is sealed to',
    }),
    facility_id: Type.Optional(FacilityId),
  },
  { additionalProperties: false },
)
export type FacilityEnrolmentRequest = Static<typeof FacilityEnrolmentRequest>

/** The same code with the same client and key gives the same answer again. */
export const FacilityEnrolment = Type.Object({
  facility_id: FacilityId,
  client_id: FacilityClientId,
  sealed: Sealed,
})
export type FacilityEnrolment = Static<typeof FacilityEnrolment>
