import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIamKeys, type IamCalls, userNameOf } from '../../../../services/order-api/enrolment/keys/iam-keys.ts'

/** IAM as its documentation has it: two keys a user, no key of nobody, no user with keys deleted. */
function iamInMemory() {
  const users = new Map<string, { readonly id: string; readonly keys: string[]; readonly groups: Set<string> }>()
  let made = 0
  const userOf = (name: string) => {
    const user = users.get(name)
    if (!user) throw new Error('NoSuchEntity')
    return user
  }
  const calls: IamCalls = {
    ensureUser: async ({ userName }) => {
      made += 1
      const user = users.get(userName) ?? { id: `AIDA${made}`, keys: [], groups: new Set() }
      users.set(userName, user)
      return { userId: user.id }
    },
    addUserToGroup: async (name, group) => void userOf(name).groups.add(group),
    removeUserFromGroup: async (name, group) => void users.get(name)?.groups.delete(group),
    listAccessKeys: async (name) => users.get(name)?.keys ?? [],
    createAccessKey: async (name) => {
      const { keys } = userOf(name)
      if (keys.length >= 2) throw new Error('LimitExceeded')
      made += 1
      keys.push(`AKIA${made}`)
      return { accessKeyId: `AKIA${made}`, secretAccessKey: 'secret' }
    },
    deleteAccessKey: async (name, key) => {
      const user = userOf(name)
      user.keys.splice(user.keys.indexOf(key), 1)
    },
    deleteUser: async (name) => {
      const user = users.get(name)
      if (user && (user.keys.length > 0 || user.groups.size > 0)) throw new Error('DeleteConflict')
      users.delete(name)
    },
  }
  return { calls, users }
}

const client = { facilityId: 'fac_delft', clientId: 'client-1234' }

describe('keys by IAM', () => {
  test('are of a user with the rights of its facility, and the older ones go unless they are to be kept', async () => {
    const { calls, users } = iamInMemory()
    const keys = createIamKeys(calls, 'printcloud-')
    const first = await keys.issue(client, [])
    const next = await keys.issue(client, [first.accessKeyId])
    expect(next.principalId).toBe(first.principalId)
    const again = await keys.issue(client, [first.accessKeyId])
    const [user] = users.values()
    expect([user?.keys, [...(user?.groups ?? [])]]).toEqual([
      [first.accessKeyId, again.accessKeyId],
      ['printcloud-facility-fac_delft'],
    ])
    await keys.revoke(client, [again.accessKeyId])
    expect(user?.keys).toEqual([again.accessKeyId])
    await keys.revoke(client, [])
    await keys.revoke(client, [])
    expect(users.size).toBe(0)
  })

  test('that IAM does not give are asked for again later', async () => {
    const { calls } = iamInMemory()
    const broken = {
      ...calls,
      createAccessKey: async () => {
        throw new Error('ServiceFailure')
      },
    }
    await expect(createIamKeys(broken, '').issue(client, [])).rejects.toThrow('IAM did not do what it was asked')
  })

  test('are of a user name that IAM takes, another for each client of each facility', () => {
    const part = fc.stringMatching(/^[a-z0-9_]{2,40}$/)
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{8,80}$/)
    fc.assert(
      fc.property(part, id, part, id, (facility, one, otherFacility, other) => {
        const clientOf = (facilityId: string, clientId: string) => ({ facilityId: `fac_${facilityId}`, clientId })
        const name = userNameOf('printcloud-', clientOf(facility, one))
        expect(name).toMatch(/^[\w+=,.@-]{1,64}$/)
        const isSame = facility === otherFacility && one === other
        expect(userNameOf('printcloud-', clientOf(otherFacility, other)) === name).toBe(isSame)
      }),
    )
  })
})
