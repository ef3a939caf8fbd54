import { Type } from 'typebox'
import { AccessKey, FacilityClientId } from '#contracts/facility-grant.ts'
import { FacilityId } from '#contracts/ids.ts'

/** A key as it lies in the folder of a local platform, where the stand-ins for the cloud look it up. */
export const KeyInFolder = Type.Object({
  ...AccessKey.properties,
  principalId: Type.String(),
  facilityId: FacilityId,
  clientId: FacilityClientId,
})

/** Keys of facilities begin so on a local platform: one that is no longer there is refused, not taken for the platform's own. */
export const issuedKeyStart = 'AKIAFAC'
