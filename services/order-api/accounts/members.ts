import { Refused, Transient } from '#chassis/errors.ts'
import { scopesOfRole } from '#contracts/order-api/member.ts'
import type { Principal } from '../auth/principal.ts'
import { requireOwnScopes } from './may-give.ts'
import type { MemberChange, MemberStore, StoredMember } from './member-store.ts'

/** The rules of members, over their table; each throws Refused with what is in the way. */
export type Members = {
  readonly add: (caller: Principal, member: StoredMember) => Promise<StoredMember>
  readonly change: (caller: Principal, id: string, change: MemberChange) => Promise<StoredMember>
  readonly remove: (caller: Principal, id: string) => Promise<void>
}

/** Others may change the same member at the same moment; each round sees what one of them did. */
const mostRounds = 5

export function createMembers(store: MemberStore): Members {
  /** Acts on a member as it is now; `act` gives undefined where its role changed meanwhile or the last owner would go. */
  const acted = async (
    caller: Principal,
    id: string,
    act: (member: StoredMember) => Promise<StoredMember | undefined>,
  ): Promise<StoredMember> => {
    for (let round = 0; round < mostRounds; round += 1) {
      const member = await store.find(caller.accountId, id)
      if (!member) throw new Refused('not_found', `There is no member ${id} in your account.`)
      requireOwnScopes(caller, scopesOfRole[member.role], `${id} is ${member.role} and may do`)
      const done = await act(member)
      if (done) return done
      if (round > 0 && member.role === 'owner') throw lastOwner(id)
    }
    throw new Transient(`Others change the member ${id}`)
  }
  return {
    add: async (caller, member) => {
      requireOwnScopes(caller, scopesOfRole[member.role], `A member that is ${member.role} may do`, '/role')
      if ((await store.insert(caller.accountId, member)) === 'email_taken') throw emailTaken()
      return member
    },
    change: async (caller, id, change) => {
      const { role } = change
      return acted(caller, id, async (member) => {
        if (role) requireOwnScopes(caller, scopesOfRole[role], `A member that is ${role} may do`, '/role')
        const changed = await store.change(caller.accountId, { id, roleBefore: member.role }, change)
        if (changed === 'email_taken') throw emailTaken()
        return changed
      })
    },
    remove: async (caller, id) => {
      await acted(caller, id, async (member) => {
        const isRemoved = await store.remove(caller.accountId, { id, roleBefore: member.role })
        return isRemoved ? member : undefined
      })
    },
  }
}

const lastOwner = (id: string): Refused =>
  new Refused('last_owner', `${id} is the only owner. Make another member an owner first.`)

const emailTaken = (): Refused =>
  new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/email', detail: 'belongs to another member of your account' },
  ])
