import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import {
  ApiKey,
  ApiKeyList,
  ApiKeyRequest,
  mostLiveKeysOfAName,
  mostLiveKeysOfAWorld,
  NewApiKey,
} from '#contracts/order-api/api-key.ts'
import { parse } from '#contracts/parse.ts'
import { presentKey } from '../accounts/present.ts'
import { wantedKey } from '../accounts/wanted-key.ts'
import { hashOfApiKey, makeApiKey } from '../auth/api-key.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { pageOf, pageQuery } from './paging.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const KeyPageQuery = pageQuery('key')
const tags = ['Account']

/** Keys of the world of the key that asks: a test key sees, makes and revokes test keys only. */
export const addApiKeyRoutes: AddRoutes = (app, { accounts, now }) => {
  app.get('/v1/api_keys', {
    config: needs('keys:read'),
    schema: {
      tags,
      summary: 'Your keys of this world, newest first',
      querystring: KeyPageQuery,
      response: responses(200, ApiKeyList, 'One page', 401, 403, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const query = parse('query', KeyPageQuery, request.query)
      const { page, next } = await pageOf(query, (before, limit) => accounts.keys.list(caller, before, limit))
      return { data: page.map((key) => presentKey(key, now())), next }
    },
  })

  app.post('/v1/api_keys', {
    config: needs('keys:write'),
    schema: {
      tags,
      summary: 'Make a key',
      description: 'The answer shows the key itself, this once. It works in the world of the key that asks for it.',
      body: ApiKeyRequest,
      response: responses(201, NewApiKey, 'The key with its secret', 400, 401, 403, 409, 422),
    },
    handler: async (request, reply) => {
      const caller = callerOf(request)
      const at = now()
      const wanted = wantedKey(parse('key', ApiKeyRequest, request.body), caller, at)
      const secret = makeApiKey(wanted.kind, caller.isTest)
      const key = {
        ...wanted,
        id: makeIdAt(now)('key'),
        sha256: hashOfApiKey(secret),
        lastFour: secret.slice(-4),
      }
      const made = await accounts.keys.insert(caller, key, at)
      if (!made) throw tooMany(wanted)
      request.log.info({ accountId: caller.accountId, keyId: made.id, byKeyId: caller.keyId }, 'key_made')
      return reply.code(201).send({ ...presentKey(made, at), secret })
    },
  })

  app.delete('/v1/api_keys/:id', {
    config: needs('keys:write'),
    schema: {
      tags,
      summary: 'Revoke a key',
      description:
        'It is refused at once where this request was served, and everywhere within 30 s. It stays in the list.',
      params: IdPath,
      response: responses(200, ApiKey, 'The key, revoked', 401, 403, 404, 409),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = parse('path', IdPath, request.params)
      const revoked = await accounts.keys.revoke(caller, id, now())
      if (revoked === undefined) throw new Refused('not_found', `There is no key ${id} in your account.`)
      if (revoked === 'last') {
        throw new Refused('last_key', 'No other live key of this world has keys:write. Make its successor first.')
      }
      accounts.forget(caller.accountId)
      request.log.info({ accountId: caller.accountId, keyId: id, byKeyId: caller.keyId }, 'key_revoked')
      return presentKey(revoked, now())
    },
  })
}

const tooMany = ({ name, kind }: { readonly name: string; readonly kind: string }): Refused =>
  new Refused(
    'key_limit_reached',
    `There may be ${mostLiveKeysOfAName} live ${kind} keys named ${JSON.stringify(name)} and ${mostLiveKeysOfAWorld} live keys in all. Revoke one, or choose another name.`,
  )
