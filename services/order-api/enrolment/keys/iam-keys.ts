import { createHash } from 'node:crypto'
import { Transient } from '#chassis/errors.ts'
import type { AccessKey } from '#contracts/facility-grant.ts'
import type { FacilityClient, FacilityKeys } from './facility-keys.ts'

/**
 * What is asked of IAM, call by call; whoever connects it to the SDK maps names one to one. What is there already is not made again, and
 * what is gone is not an error: EntityAlreadyExists and NoSuchEntity are answers here.
 */
export type IamCalls = {
  /** CreateUser, and GetUser where it is there; its unique id (AIDA…). */
  readonly ensureUser: (user: IamUser) => Promise<{ readonly userId: string }>
  readonly addUserToGroup: (userName: string, groupName: string) => Promise<void>
  readonly removeUserFromGroup: (userName: string, groupName: string) => Promise<void>
  /** Of a user that is not there: none. */
  readonly listAccessKeys: (userName: string) => Promise<readonly string[]>
  readonly createAccessKey: (userName: string) => Promise<AccessKey>
  readonly deleteAccessKey: (userName: string, accessKeyId: string) => Promise<void>
  readonly deleteUser: (userName: string) => Promise<void>
}

export type IamUser = {
  readonly userName: string
  readonly path: string
  readonly tags: Readonly<Record<string, string>>
}

const path = '/printcloud/'
const longestUserName = 64
const hashLength = 12

/**
 * Access keys by IAM: a user for each client under /printcloud/, which has its rights by the group of its facility,
 * `<prefix>facility-<id>`. IAM allows two keys a user: the one in use and the next.
 */
export function createIamKeys(iam: IamCalls, prefix: string): FacilityKeys {
  const groupOf = ({ facilityId }: FacilityClient): string => `${prefix}facility-${facilityId}`
  const keepOnly = async (userName: string, keep: readonly string[]): Promise<void> => {
    for (const accessKeyId of await iam.listAccessKeys(userName)) {
      if (!keep.includes(accessKeyId)) await iam.deleteAccessKey(userName, accessKeyId)
    }
  }
  return {
    issue: (client, keep) =>
      answered(async () => {
        const userName = userNameOf(prefix, client)
        const tags = { 'printcloud:facility': client.facilityId, 'printcloud:client': client.clientId }
        const { userId } = await iam.ensureUser({ userName, path, tags })
        await iam.addUserToGroup(userName, groupOf(client))
        await keepOnly(userName, keep)
        return { ...(await iam.createAccessKey(userName)), principalId: userId }
      }),
    revoke: (client, keep) =>
      answered(async () => {
        const userName = userNameOf(prefix, client)
        await keepOnly(userName, keep)
        if (keep.length > 0) return
        await iam.removeUserFromGroup(userName, groupOf(client))
        await iam.deleteUser(userName)
      }),
  }
}

/** As much of the facility's name as fits, and what tells its clients apart. */
export function userNameOf(prefix: string, { facilityId, clientId }: FacilityClient): string {
  const hash = createHash('sha256').update(`${facilityId}/${clientId}`).digest('hex').slice(0, hashLength)
  return `${`${prefix}${facilityId}`.slice(0, longestUserName - hashLength - 1)}-${hash}`
}

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new Transient('IAM did not do what it was asked', { cause, retryAfterSeconds: 5 })
  }
}
