import { type Static, Type } from 'typebox'
import { FacilityId } from './ids.ts'

/** A client at a facility, as it calls itself. Chosen by the client; kept beside its journal. */
export const FacilityClientId = Type.String({
  pattern: '^[A-Za-z0-9_-]{8,80}$',
  description: '8 to 80 letters, digits, - and _',
})

/** What only one client can read: X25519, HKDF-SHA256 and AES-256-GCM. */
export const Sealed = Type.Object({
  version: Type.Literal(1),
  key: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'X25519 key of this once' }),
  box: Type.String({ pattern: '^[A-Za-z0-9_-]{22,20000}$', description: 'tag and text, AES-256-GCM' }),
})
export type Sealed = Static<typeof Sealed>

/** An access key with its secret. */
export const AccessKey = Type.Object({
  accessKeyId: Type.String({ minLength: 1, maxLength: 128 }),
  secretAccessKey: Type.String({ minLength: 1, maxLength: 200 }),
})
export type AccessKey = Static<typeof AccessKey>

/** What an enrolled client works with, sealed to it: where its queues and files are, and its first access key. */
export const FacilityGrant = Type.Object({
  facilityId: FacilityId,
  queueUrl: Type.String(),
  statusQueueUrl: Type.String(),
  printFilesBucket: Type.String(),
  region: Type.String(),
  /** Where the services are not those of AWS. */
  endpoints: Type.Optional(Type.Object({ s3: Type.String(), sqs: Type.String() })),
  ...AccessKey.properties,
})
export type FacilityGrant = Static<typeof FacilityGrant>

/** The next access key of a client, as it lies in the bucket of print files. */
export const NextKeyFile = Type.Object({
  format: Type.Literal('printcloud-next-key'),
  facilityId: FacilityId,
  clientId: FacilityClientId,
  /** An AccessKey. */
  sealed: Sealed,
})
export type NextKeyFile = Static<typeof NextKeyFile>

export const nextKeyPath = (facilityId: string, clientId: string): string =>
  `facilities/${facilityId}/keys/${clientId}.json`

/** What a box is for and whose it is: it opens for nothing else. */
export const sealContext = (purpose: 'enrolment' | 'next-key', facilityId: string, clientId: string): string =>
  `facility/${purpose}/${facilityId}/${clientId}`
