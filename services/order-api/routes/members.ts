import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { DeletedMember, Member, MemberChange, MemberList, MemberRequest } from '#contracts/order-api/member.ts'
import { parse } from '#contracts/parse.ts'
import { presentMember } from '../accounts/present.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { pageOf, pageQuery } from './paging.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const MemberPageQuery = pageQuery('member')
const tags = ['Account']
const description = 'With a live key that may itself do all that the role may.'

/** Who may act for the account in the dashboard. Both worlds share them, so that only live keys may change them. */
export const addMemberRoutes: AddRoutes = (app, { accounts, now }) => {
  app.get('/v1/members', {
    config: needs('account:read'),
    schema: {
      tags,
      summary: 'Who may act for your account, newest first',
      querystring: MemberPageQuery,
      response: responses(200, MemberList, 'One page', 401, 403, 422),
    },
    handler: async (request) => {
      const { accountId } = callerOf(request)
      const query = parse('query', MemberPageQuery, request.query)
      const { page, next } = await pageOf(query, (before, limit) => accounts.memberStore.list(accountId, before, limit))
      return { data: page.map(presentMember), next }
    },
  })

  app.post('/v1/members', {
    config: needs('account:write', 'live'),
    schema: {
      tags,
      summary: 'Add a member',
      description,
      body: MemberRequest,
      response: responses(201, Member, 'The member', 400, 401, 403, 422),
    },
    handler: async (request, reply) => {
      const body = parse('member', MemberRequest, request.body)
      const member = { ...body, id: makeIdAt(now)('member'), createdAt: now().toISOString() }
      const added = await accounts.members.add(callerOf(request), member)
      note(request, 'member_added', added.id)
      return reply.code(201).send(presentMember(added))
    },
  })

  app.patch('/v1/members/:id', {
    config: needs('account:write', 'live'),
    schema: {
      tags,
      summary: 'Change a member',
      description,
      params: IdPath,
      body: MemberChange,
      response: responses(200, Member, 'The member, changed', 400, 401, 403, 404, 409, 422),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const change = parse('member', MemberChange, request.body)
      const changed = await accounts.members.change(callerOf(request), id, change)
      note(request, 'member_changed', id)
      return presentMember(changed)
    },
  })

  app.delete('/v1/members/:id', {
    config: needs('account:write', 'live'),
    schema: {
      tags,
      summary: 'Remove a member',
      description,
      params: IdPath,
      response: responses(200, DeletedMember, 'It is gone', 401, 403, 404, 409),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      await accounts.members.remove(callerOf(request), id)
      note(request, 'member_removed', id)
      return { id, object: 'member' as const, deleted: true as const }
    },
  })
}

/** Who did what to whom, without names: what an operator asks when a member wonders. */
function note(request: FastifyRequest, event: string, memberId: string): void {
  const { accountId, keyId } = callerOf(request)
  request.log.info({ accountId, memberId, byKeyId: keyId }, event)
}
