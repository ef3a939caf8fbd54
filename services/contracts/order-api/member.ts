import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { accountScopes, type Scope } from './scopes.ts'

const strict = { additionalProperties: false } as const

export const roles = ['owner', 'admin', 'developer', 'finance', 'viewer'] as const
export type Role = (typeof roles)[number]

const reading = accountScopes.filter((scope) => scope.endsWith(':read'))

/** What a member of each role may do. Owners differ from admins in one thing: an account always keeps one. */
export const scopesOfRole: Readonly<Record<Role, readonly Scope[]>> = {
  owner: accountScopes,
  admin: accountScopes,
  developer: accountScopes.filter((scope) => !['account:write', 'ledger:read', 'ledger:write'].includes(scope)),
  finance: ['account:read', 'orders:read', 'events:read', 'ledger:read', 'ledger:write', 'quotes:write'],
  viewer: reading.filter((scope) => scope !== 'ledger:read'),
}

const email = Type.String({
  format: 'email',
  maxLength: 200,
  pattern: '^[\\x21-\\x7e]+$',
  description:
    'an e-mail address in ASCII, so that none looks like another; unlike that of every other member, whatever the case',
})
const name = Type.String({ minLength: 1, maxLength: 100, description: 'as people call them' })
const role = Type.Enum(roles, {
  description: 'owner and admin: everything; developer: all but money and members; finance: money; viewer: reading',
})

/** Someone who may act for the account in the dashboard. Both worlds share the members. */
export const Member = Type.Object(
  {
    id: Id('member'),
    object: Type.Literal('member'),
    email,
    name,
    role,
    created_at: Type.String({ description: 'UTC, ISO 8601' }),
  },
  strict,
)
export type Member = Static<typeof Member>

/** Body of POST /v1/members. */
export const MemberRequest = Type.Object({ email, name, role }, strict)
export type MemberRequest = Static<typeof MemberRequest>

/** Body of PATCH /v1/members/:id: what is left out stays. */
export const MemberChange = Type.Object(
  { email: Type.Optional(email), name: Type.Optional(name), role: Type.Optional(role) },
  { ...strict, minProperties: 1 },
)
export type MemberChange = Static<typeof MemberChange>

/** Answer of DELETE /v1/members/:id. */
export const DeletedMember = Type.Object(
  { id: Id('member'), object: Type.Literal('member'), deleted: Type.Literal(true) },
  strict,
)

export const MemberList = Type.Object(
  {
    data: Type.Array(Member),
    next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the next page, or null' }),
  },
  strict,
)
