import type { Read } from '../cache/freshness.ts'
import type {
  Account,
  AccountChange,
  ApiKey,
  ApiKeyList,
  ApiKeyRequest,
  Member,
  MemberChange,
  MemberList,
  MemberRequest,
  NewApiKey,
} from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { everyEntry, segment, withQuery } from '../pages.ts'
import type { Api } from './api.ts'

/** The account that the key belongs to, and who may act for it. */
export type AccountCalls = {
  readonly get: (options?: CallOptions) => Promise<Read<Account>>
  readonly change: (change: AccountChange, options?: CallOptions) => Promise<Account>
  readonly members: (options?: CallOptions) => AsyncGenerator<Member>
  readonly addMember: (member: MemberRequest, options?: CallOptions) => Promise<Member>
  readonly changeMember: (id: string, change: MemberChange, options?: CallOptions) => Promise<Member>
  readonly removeMember: (id: string, options?: CallOptions) => Promise<void>
}

/** Keys of the world that this client's key belongs to. */
export type ApiKeyCalls = {
  readonly list: (options?: CallOptions) => AsyncGenerator<ApiKey>
  /** The answer holds the key itself, this once. Not sent again when an answer is lost: that could make two. */
  readonly create: (request: ApiKeyRequest, options?: CallOptions) => Promise<NewApiKey>
  /** From then on it no longer works. */
  readonly revoke: (id: string, options?: CallOptions) => Promise<void>
}

export const accountCalls = ({ read, readNow, write, finish }: Api): AccountCalls => ({
  get: (options) => read('/v1/account', options),
  change: (body, options) => write({ ...options, method: 'PATCH', path: '/v1/account', body }),
  members: (options) =>
    everyEntry((cursor) => readNow<MemberList>(withQuery('/v1/members', { cursor, limit: 100 }), options)),
  addMember: (body, options) => write({ ...options, method: 'POST', path: '/v1/members', body, isRepeatable: false }),
  changeMember: (id, body, options) => write({ ...options, method: 'PATCH', path: `/v1/members/${segment(id)}`, body }),
  removeMember: (id, options) => finish({ ...options, method: 'DELETE', path: `/v1/members/${segment(id)}` }),
})

export const apiKeyCalls = ({ readNow, write, finish }: Api): ApiKeyCalls => ({
  list: (options) =>
    everyEntry((cursor) => readNow<ApiKeyList>(withQuery('/v1/api_keys', { cursor, limit: 100 }), options)),
  create: (body, options) => write({ ...options, method: 'POST', path: '/v1/api_keys', body, isRepeatable: false }),
  revoke: (id, options) => finish({ ...options, method: 'DELETE', path: `/v1/api_keys/${segment(id)}` }),
})
