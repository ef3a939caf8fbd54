import { type Static, Type } from 'typebox'
import { Id } from '../ids.ts'
import { accountScopes, allScopes } from './scopes.ts'

const strict = { additionalProperties: false } as const

/** So that a key can be replaced by another one before it ends. */
export const mostLiveKeysOfAName = 2
export const mostLiveKeysOfAWorld = 100
export const longestKeyLifeYears = 5

const name = Type.String({ minLength: 1, maxLength: 80, description: 'what uses the key, e.g. "shop server"' })
const kind = Type.Enum(['secret', 'publishable'], {
  description: 'secret (sk_…) for servers; publishable (pk_…) for web pages: it can only sell and show',
})
const Scopes = Type.Array(Type.Enum([...accountScopes]), {
  ...{ minItems: 1, maxItems: accountScopes.length, uniqueItems: true },
})

/** An API key, without its secret: only the hash of that is kept. */
export const ApiKey = Type.Object(
  {
    id: Id('key'),
    object: Type.Literal('api_key'),
    name: Type.String(),
    kind,
    is_test: Type.Boolean({ description: 'whether it works in the test world' }),
    hint: Type.String({ description: 'how it begins and ends, e.g. sk_live_…3kZ9' }),
    scopes: Type.Array(Type.Enum([...allScopes]), { description: 'what it may do' }),
    status: Type.Enum(['live', 'expired', 'revoked']),
    expires_at: Type.Union([Type.String(), Type.Null()], { description: 'from when on it no longer works' }),
    last_used_at: Type.Union([Type.String(), Type.Null()], { description: 'to within two minutes' }),
    revoked_at: Type.Union([Type.String(), Type.Null()]),
    created_at: Type.String({ description: 'UTC, ISO 8601' }),
  },
  strict,
)
export type ApiKey = Static<typeof ApiKey>

/** Body of POST /v1/api_keys. The key works in the world of the key that asks for it. */
export const ApiKeyRequest = Type.Object(
  {
    name,
    kind: Type.Optional(Type.Enum(['secret', 'publishable'], { description: 'secret without' })),
    scopes: Type.Optional({
      ...Scopes,
      description: 'none that the key which asks does not have; without: all that it has and this kind may have',
    }),
    expires_at: Type.Optional(
      Type.String({
        maxLength: 40,
        format: 'date-time',
        description: 'with time zone, in the future, at most 5 years away; without: never',
      }),
    ),
  },
  strict,
)
export type ApiKeyRequest = Static<typeof ApiKeyRequest>

/** Answer of POST /v1/api_keys: the only one that ever shows the key itself. */
export const NewApiKey = Type.Object(
  { ...ApiKey.properties, secret: Type.String({ description: 'the key itself; shown this once' }) },
  strict,
)
export type NewApiKey = Static<typeof NewApiKey>

export const ApiKeyList = Type.Object(
  {
    data: Type.Array(ApiKey),
    next: Type.Union([Type.String(), Type.Null()], { description: 'cursor of the next page, or null' }),
  },
  strict,
)
