import { stat } from 'node:fs/promises'
import type { AwsIdentity } from '#chassis/aws.ts'
import type { Clock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { AccessKey } from '#contracts/facility-grant.ts'
import { type CredentialsFile, readCredentials, writePrivately } from './credentials-file.ts'

/** The credentials of an enrolled client, as they are now. */
export type Credentials = {
  readonly current: () => CredentialsFile
  /** Works with another access key from here on; on return it is on the disk. */
  readonly adopt: (key: AccessKey) => Promise<void>
  /** For the SDK's clients, which ask before each request. */
  readonly provider: AwsIdentity['credentials']
}

/** A person may enrol again while the client runs: so often the file is looked at. */
const lookMilliseconds = 5_000
/** The SDK keeps what does not end; what ends within five minutes it asks for again each time. */
const soonMilliseconds = 60_000

/** Opens what enrolment wrote. Throws Refused where it cannot be used. */
export async function openCredentials(
  path: string,
  log: Pick<Log, 'warn' | 'info'>,
  clock: Clock,
): Promise<Credentials> {
  let current = await required(path)
  let seen = { mark: await markOf(path), at: clock.now().getTime() }

  const reload = async (): Promise<void> => {
    const at = clock.now().getTime()
    if (Math.abs(at - seen.at) < lookMilliseconds) return
    const mark = await markOf(path)
    if (mark === seen.mark) {
      seen = { mark, at }
      return
    }
    seen = { mark, at }
    try {
      current = await required(path)
      log.info({ clientId: current.clientId }, 'credentials_read_again')
    } catch (error) {
      // What works is not given up for what cannot be read.
      log.warn({ err: error }, 'credentials_not_read')
    }
  }

  return {
    current: () => current,
    adopt: async (key) => {
      const next = { ...current, ...key }
      await writePrivately(path, next)
      current = next
      seen = { mark: await markOf(path), at: clock.now().getTime() }
    },
    provider: async () => {
      await reload()
      const { accessKeyId, secretAccessKey } = current
      return { accessKeyId, secretAccessKey, expiration: new Date(Date.now() + soonMilliseconds) }
    },
  }
}

async function required(path: string): Promise<CredentialsFile> {
  const found = await readCredentials(path)
  if (found) return found
  throw new Refused('not_enrolled', `${path} is not there: enrol this client with a code of the operator`)
}

/** What changes when the file does; '' when it is not there. */
async function markOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path)
    return `${mtimeMs}/${size}/${ino}`
  } catch {
    // Looked for again at the next request.
    return ''
  }
}
