import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { NumberText, PageSize } from '#contracts/order-api/number-text.ts'
import {
  Publication,
  PublicationVersion,
  PublicationVersionList,
  PublishRequest,
  UndoRequest,
} from '#contracts/order-api/publication.ts'
import { parse } from '#contracts/parse.ts'
import { changePublication, type DecideWish } from '../publications/change-publication.ts'
import { presentPublication, presentVersion } from '../publications/present-publication.ts'
import { listVersions, wantedVersion } from '../publications/read-publications.ts'
import { published, undone } from '../publications/wishes.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { changerOf } from './publications.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const VersionPath = Type.Object({
  ...IdPath.properties,
  version: NumberText('^[1-9][0-9]{0,8}$', { minimum: 1 }, 'the number of a version: 1, 2, 3 …'),
})
const VersionPageQuery = Type.Object(
  {
    cursor: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: '`next` of the page before' })),
    limit: Type.Optional(PageSize),
  },
  { additionalProperties: false },
)
const tags = ['Publications']

/** Versions of a publication: what they held, which one visitors see, and going back. */
export const addPublicationVersionRoutes: AddRoutes = (app, context) => {
  addReading(app, context)
  addChoosing(app, context)
}

const addReading: AddRoutes = (app, { database }) => {
  app.get('/v1/publications/:id/versions', {
    config: needs('publications:read'),
    schema: {
      tags,
      summary: 'All versions of a publication, newest first',
      params: IdPath,
      querystring: VersionPageQuery,
      response: responses(200, PublicationVersionList, 'One page', 401, 403, 404, 422),
    },
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const { cursor, limit = '20' } = parse('query', VersionPageQuery, request.query)
      const size = Number(limit)
      const before = cursor === undefined ? undefined : Number(cursor)
      const found = await listVersions(database, callerOf(request), id, { before, limit: size + 1 })
      const page = found.slice(0, size)
      const next = found.length > size ? String(page.at(-1)?.version) : null
      return { data: page.map(presentVersion), next }
    },
  })

  app.get('/v1/publications/:id/versions/:version', {
    config: needs('publications:read'),
    schema: {
      tags,
      summary: 'One version of a publication, as it was saved',
      params: VersionPath,
      response: responses(200, PublicationVersion, 'The version', 401, 403, 404, 422),
    },
    handler: async (request) => {
      const { id, version } = parse('path', VersionPath, request.params)
      return presentVersion(await wantedVersion(database, callerOf(request), id, Number(version)))
    },
  })
}

const addChoosing: AddRoutes = (app, context) => {
  app.post('/v1/publications/:id/publish', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Show a version to everyone',
      description:
        'The newest one without `version`. An earlier one may be shown again. What is shown already changes nothing.',
      params: IdPath,
      body: PublishRequest,
      response: responses(200, Publication, 'The publication', 400, 401, 403, 404, 422),
    },
    preValidation: withBody,
    handler: async (request) => {
      const { version } = parse('publish', PublishRequest, request.body)
      return applied(context, request, published(version))
    },
  })

  app.post('/v1/publications/:id/undo', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Take the newest change back',
      description:
        'Makes a new version that holds what the one before held; again, and it goes further back. What visitors see goes with it when they see the newest version. A retry that says which `version` it undoes cannot undo twice.',
      params: IdPath,
      body: UndoRequest,
      response: responses(200, Publication, 'The publication', 400, 401, 403, 404, 409, 422),
    },
    preValidation: withBody,
    handler: async (request) => {
      const { id } = parse('path', IdPath, request.params)
      const { version } = parse('undo', UndoRequest, request.body)
      const read = (number: number) => wantedVersion(context.database, callerOf(request), id, number)
      return applied(context, request, undone(version, read))
    },
  })
}

/** The body may be left out, which is not the same as an empty one to those who check it. */
async function withBody(request: FastifyRequest): Promise<void> {
  request.body ??= {}
}

async function applied(context: ApiContext, request: FastifyRequest, decide: DecideWish): Promise<Publication> {
  const caller = callerOf(request)
  const { id } = parse('path', IdPath, request.params)
  const prices = await readPriceData(context)
  return presentPublication(await changePublication(changerOf(context), caller, id, decide), caller, context, prices)
}
