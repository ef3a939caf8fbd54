import { mayUseObject } from '../../access-keys/facility-rights.ts'
import type { IssuedKeys } from '../../access-keys/issued-keys.ts'
import { type Credentials, createSigner } from './sigv4.ts'

export type KeysOfStore = {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly issuedKeys?: IssuedKeys
}

/** The store's own key, which may do everything, and the keys of facilities, each for what is its facility's. */
export function knownKeys({ accessKeyId: own, secretAccessKey, issuedKeys }: KeysOfStore): Credentials {
  const signer = createSigner(secretAccessKey)
  return (accessKeyId) => {
    if (accessKeyId === own) return { signer }
    const issued = issuedKeys?.find(accessKeyId)
    if (!issued) return undefined
    return {
      signer: createSigner(issued.secretAccessKey),
      // To copy is to read another object too.
      may: ({ method, key, headers }) =>
        mayUseObject(issued.facilityId, method, key) && !headers.has('x-amz-copy-source'),
    }
  }
}
