import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Database } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { sealTo } from '#chassis/sealed-box.ts'
import { type AccessKey, type NextKeyFile, nextKeyPath, type Sealed, sealContext } from '#contracts/facility-grant.ts'
import { type DueClient, forgetOldCodes, hearKeys, takeDueClients } from './due-clients.ts'
import type { FacilityKeys } from './keys/facility-keys.ts'
import { type Held, noteNextKey, notePut, noteSettled } from './note-progress.ts'

export type KeySweep = {
  readonly database: Database
  readonly keys: FacilityKeys
  readonly s3: Pick<S3Client, 'send'>
  readonly bucket: string
  readonly now: () => Date
  readonly log: Log
}

/** Longer than all calls for one client can take together. */
const leaseMilliseconds = 120_000

/**
 * Moves the keys of print clients on: takes away what is to go, makes the next key of a client whose key is a month old, puts it where the
 * client looks. Each step may be the last one before a crash; the next round goes on from what the database holds. Throws AggregateError
 * after it did what it could.
 */
export async function sweepFacilityKeys(sweep: KeySweep): Promise<void> {
  const { database, log } = sweep
  const now = sweep.now()
  await hearKeys(database, now.toISOString())
  await forgetOldCodes(database, now.toISOString())
  const leasedUntil = new Date(now.getTime() + leaseMilliseconds).toISOString()
  const faults: unknown[] = []
  for (const client of await takeDueClients(database, { now: now.toISOString(), leasedUntil })) {
    try {
      await moveOn(sweep, client, { ...client, leasedUntil })
    } catch (error) {
      log.warn({ err: error, facilityId: client.facilityId, clientId: client.clientId }, 'facility_keys_wait')
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, 'Keys of some print clients could not be moved on')
}

async function moveOn(sweep: KeySweep, client: DueClient, held: Held): Promise<void> {
  if (!client.isSettled) return settle(sweep, client, held)
  const sealed = client.nextSealed ?? (await makeNext(sweep, client, held))
  if (sealed !== undefined) await put(sweep, held, sealed)
}

async function settle({ database, keys, log }: KeySweep, client: DueClient, held: Held): Promise<void> {
  const { facilityId, clientId, isRevoked, accessKeyId, nextAccessKeyId } = client
  const keep = isRevoked ? [] : [accessKeyId, ...(nextAccessKeyId === null ? [] : [nextAccessKeyId])]
  await keys.revoke({ facilityId, clientId }, keep)
  await noteSettled(database, { ...held, isRevoked })
  log.info({ facilityId, clientId, kept: keep.length }, 'facility_keys_settled')
}

/** A key that was made and not noted is nobody's: the next round makes another, and this one goes. */
async function makeNext(sweep: KeySweep, client: DueClient, held: Held): Promise<Sealed | undefined> {
  const { database, keys, log } = sweep
  const { facilityId, clientId, publicKey } = client
  const { accessKeyId, secretAccessKey } = await keys.issue({ facilityId, clientId }, [client.accessKeyId])
  const key: AccessKey = { accessKeyId, secretAccessKey }
  const sealed = sealTo(publicKey, sealContext('next-key', facilityId, clientId), JSON.stringify(key))
  if (!(await noteNextKey(database, held, { accessKeyId, sealed }))) return undefined
  log.info({ facilityId, clientId }, 'facility_key_made')
  return sealed
}

async function put({ database, s3, bucket, now }: KeySweep, held: Held, sealed: Sealed): Promise<void> {
  const { facilityId, clientId } = held
  const file: NextKeyFile = { format: 'printcloud-next-key', facilityId, clientId, sealed }
  const object = { Bucket: bucket, Key: nextKeyPath(facilityId, clientId), ContentType: 'application/json' }
  try {
    await s3.send(new PutObjectCommand({ ...object, Body: JSON.stringify(file) }))
  } catch (cause) {
    throw new Transient('The next key could not be put', { cause })
  }
  await notePut(database, held, now().toISOString())
}
