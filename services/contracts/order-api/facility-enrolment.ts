import { type Static, Type } from 'typebox'
import { writeEnrolmentCode } from '../enrolment-code.ts'
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

/** Of the documentation's example: nobody's. */
export const exampleSecret = '0123456789abcdefghjkmnpqrs'

export const exampleEnrolment = {
  code: writeEnrolmentCode({ secret: exampleSecret, apiUrl: 'https://api.example.com' }),
  client_id: 'client-8b0c7a52-3a58-4a17-a5c1-6f1f5c1f2d44',
  client_name: 'press room',
  public_key: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo',
} satisfies FacilityEnrolmentRequest
