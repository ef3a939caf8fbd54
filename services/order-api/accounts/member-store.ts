import { type Static, Type } from 'typebox'
import { type Database, RuleBroken } from '#chassis/database.ts'
import { type Role, roles } from '#contracts/order-api/member.ts'
import { isoTime } from '../store/order-rows.ts'

const StoredMember = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  role: Type.Enum(roles),
  createdAt: Type.String(),
})
export type StoredMember = Static<typeof StoredMember>

export type MemberChange = {
  readonly email?: string
  readonly name?: string
  readonly role?: Role
}

/** Members of an account; foreign and unknown ids are the same: undefined. */
export type MemberStore = {
  readonly find: (accountId: string, id: string) => Promise<StoredMember | undefined>
  /** Newest first, below `before`. */
  readonly list: (accountId: string, before: string | undefined, limit: number) => Promise<StoredMember[]>
  readonly insert: (accountId: string, member: StoredMember) => Promise<'inserted' | 'email_taken'>
  /** Changes a member that still has `roleBefore`; undefined when it has not, or when the account would lose its last owner. */
  readonly change: (
    accountId: string,
    member: { readonly id: string; readonly roleBefore: Role },
    change: MemberChange,
  ) => Promise<StoredMember | 'email_taken' | undefined>
  /** Removes a member that still has `roleBefore`; false when it has not, or when the account would lose its last owner. */
  readonly remove: (accountId: string, member: { readonly id: string; readonly roleBefore: Role }) => Promise<boolean>
}

export function createMemberStore(database: Database): MemberStore {
  return {
    find: async (accountId, id) => (await database.rows(StoredMember, findSql, { account: accountId, id }))[0],
    list: (accountId, before = afterAll, limit) =>
      database.rows(StoredMember, listSql, { account: accountId, before, limit }),
    insert: async (accountId, { createdAt: at, ...member }) => {
      const inserting = database.rows(Type.Unknown(), insertSql, { account: accountId, ...member, at })
      return (await orTaken(inserting)) === 'email_taken' ? 'email_taken' : 'inserted'
    },
    change: async (accountId, member, { email = null, name = null, role = null }) => {
      const parameters = { account: accountId, ...member, email, name, role }
      const changed = await orTaken(database.rows(StoredMember, changeSql, parameters))
      return changed === 'email_taken' ? changed : changed[0]
    },
    remove: async (accountId, member) =>
      (await database.rows(Type.Unknown(), removeSql, { account: accountId, ...member })).length === 1,
  }
}

async function orTaken<T>(writing: Promise<T>): Promise<T | 'email_taken'> {
  try {
    return await writing
  } catch (error) {
    if (error instanceof RuleBroken && error.rule === 'members_email') return 'email_taken'
    throw error
  }
}

/** Above every id that can exist: the start of a list. */
const afterAll = 'mem_~'

const memberOf = `jsonb_build_object('id', m.id, 'email', m.email, 'name', m.name, 'role', m.role,
  'createdAt', ${isoTime('m.created_at')})`
const isMember = 'm.account_id = :account::text and m.id = :id::text'

const findSql = `select ${memberOf} as row from members m where ${isMember}`

const listSql = `select ${memberOf} as row from members m
  where m.account_id = :account::text and m.id < :before::text order by m.id desc limit :limit::int`

const insertSql = `
  insert into members (account_id, id, email, name, role, created_at)
  values (:account::text, :id::text, :email::text, :name::text, :role::text, :at::timestamptz)
  returning to_jsonb(id) as row`

/** Owners are locked in one order before they are counted: two who take each other's role away cannot both succeed. */
const ownersSql = `owners as (
    select m.id from members m where m.account_id = :account::text and m.role = 'owner' order by m.id for update
  ), counted as (
    select count(*) filter (where id = :id::text) as itself, count(*) filter (where id <> :id::text) as others from owners
  )`
const isNotLast = '(counted.itself = 0 or counted.others > 0)'

const changeSql = `
  with ${ownersSql}
  update members m set email = coalesce(:email::text, m.email), name = coalesce(:name::text, m.name),
    role = coalesce(:role::text, m.role)
  from counted
  where ${isMember} and m.role = :roleBefore::text and (coalesce(:role::text, m.role) = 'owner' or ${isNotLast})
  returning ${memberOf} as row`

const removeSql = `
  with ${ownersSql}
  delete from members m using counted
  where ${isMember} and m.role = :roleBefore::text and ${isNotLast} returning to_jsonb(m.id) as row`
