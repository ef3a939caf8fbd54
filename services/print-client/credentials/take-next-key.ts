import { GetObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { createS3 } from '#chassis/aws.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { openSealed } from '#chassis/sealed-box.ts'
import { AccessKey, NextKeyFile, nextKeyPath, sealContext } from '#contracts/facility-grant.ts'
import { parse } from '#contracts/parse.ts'
import type { Credentials } from './credentials.ts'
import type { CredentialsFile } from './credentials-file.ts'

export type NextKeyDependencies = {
  readonly s3: Pick<S3Client, 'send'>
  readonly credentials: Credentials
  readonly log: Pick<Log, 'info'>
  readonly signal: AbortSignal
}

/**
 * Looks whether the next access key lies ready, tries it, and works with it from then on; the heartbeat names it, and then the old one
 * goes. Whatever is cut off here is done again at the next look: until the new key is on the disk nobody hears of it, and the old one
 * works. True when the key was changed. Throws Transient, and Refused for a key that is not for this client.
 */
export async function takeNextKey({ s3, credentials, log, signal }: NextKeyDependencies): Promise<boolean> {
  const current = credentials.current()
  const text = await textOf(s3, current, signal)
  if (text === undefined) return false
  const key = keyIn(text, current)
  if (key.accessKeyId === current.accessKeyId) return false
  await tryKey(current, key, signal)
  await credentials.adopt(key)
  log.info({ accessKeyId: key.accessKeyId }, 'access_key_changed')
  return true
}

const placeOf = ({ printFilesBucket, facilityId, clientId }: CredentialsFile) => ({
  Bucket: printFilesBucket,
  Key: nextKeyPath(facilityId, clientId),
})

/** Who may not list a bucket is told 403 for what is not there. */
async function textOf(s3: Pick<S3Client, 'send'>, current: CredentialsFile, signal: AbortSignal) {
  try {
    const { Body } = await s3.send(new GetObjectCommand(placeOf(current)), { abortSignal: signal })
    return (await Body?.transformToString()) ?? ''
  } catch (cause) {
    const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined
    if (cause instanceof Error && cause.name === 'InvalidAccessKeyId') throw shutOut(cause)
    if (status === 404 || status === 403) return undefined
    throw new Transient('The place of the next access key could not be read', { cause })
  }
}

const shutOut = (cause: Error): Refused =>
  new Refused(
    'access_key_refused',
    'The access key of this client is no longer known: it was shut out. Ask the operator for a new code, and enrol again',
    [],
    { cause },
  )

function keyIn(text: string, { facilityId, clientId, keyPair }: CredentialsFile): AccessKey {
  const { sealed } = parse('next key', NextKeyFile, JSON.parse(text))
  const opened = openSealed(keyPair, sealContext('next-key', facilityId, clientId), sealed)
  if (opened === undefined) {
    throw new Refused('next_key_sealed', 'The next access key is not sealed to this client; the one in use goes on')
  }
  return parse('access key', AccessKey, JSON.parse(opened))
}

/** A new key may take some seconds until every service knows it. */
async function tryKey(current: CredentialsFile, key: AccessKey, signal: AbortSignal): Promise<void> {
  const { region, endpoints } = current
  const endpoint = endpoints ? { endpoint: endpoints.s3 } : {}
  const s3 = createS3({ region, ...endpoint, credentials: async () => key })
  try {
    const { Body } = await s3.send(new GetObjectCommand(placeOf(current)), { abortSignal: signal })
    await Body?.transformToString()
  } catch (cause) {
    throw new Transient('The next access key does not work yet', { cause })
  } finally {
    s3.destroy()
  }
}
