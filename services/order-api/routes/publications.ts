import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import {
  DeletedPublication,
  Publication,
  PublicationChange,
  type PublicationFields,
  PublicationList,
  PublicationRequest,
} from '#contracts/order-api/publication.ts'
import { parse } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { changePublication } from '../publications/change-publication.ts'
import { checkPublication } from '../publications/check-publication.ts'
import { deletePublication } from '../publications/delete-publication.ts'
import { fieldsOf } from '../publications/fields.ts'
import { makePublication } from '../publications/make-publication.ts'
import { ownFiles } from '../publications/own-files.ts'
import { presentPublication } from '../publications/present-publication.ts'
import { publicationDocuments } from '../publications/publication-documents.ts'
import { listPublications, wantedPublication } from '../publications/read-publications.ts'
import { changed } from '../publications/wishes.ts'
import { readPriceData } from '../quotes/read-price-data.ts'
import { fingerprintOf } from '../store/idempotency.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { type Answer, IdempotencyHeaders, idempotencyKey, replay, sendAnswer } from './idempotent.ts'
import { pageOf, pageQuery } from './paging.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const PublicationPageQuery = pageQuery('publication')
const tags = ['Publications']

/** What publishers show and sell: making, changing, deleting; the rest is in publication-versions.ts. */
export const addPublicationRoutes: AddRoutes = (app, context) => {
  addReading(app, context)
  addMaking(app, context)
  addChanging(app, context)
}

const addReading: AddRoutes = (app, context) => {
  const { database } = context
  app.get('/v1/publications', {
    config: needs('publications:read'),
    schema: {
      tags,
      summary: 'Your publications, newest first',
      querystring: PublicationPageQuery,
      response: responses(200, PublicationList, 'One page', 401, 403, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const query = parse('query', PublicationPageQuery, request.query)
      const { page, next } = await pageOf(query, (before, limit) => listPublications(database, caller, before, limit))
      return { data: page.map((row) => presentPublication(row, caller, context)), next }
    },
  })

  app.get('/v1/publications/:id', {
    config: needs('publications:read'),
    schema: {
      tags,
      summary: 'One publication: its newest version, and where it is shown',
      params: IdPath,
      response: responses(200, Publication, 'The publication', 401, 403, 404),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = parse('path', IdPath, request.params)
      const prices = await readPriceData(context)
      return presentPublication(await wantedPublication(database, caller, id), caller, context, prices)
    },
  })
}

const addMaking: AddRoutes = (app, context) => {
  app.post('/v1/publications', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Make a publication',
      description:
        'A draft, unless it says `publish: true`. Safe to retry with the same Idempotency-Key. The answer holds the link to its preview and what to put into the page.',
      headers: IdempotencyHeaders,
      body: PublicationRequest,
      response: responses(201, Publication, 'The publication', 400, 401, 403, 422),
    },
    handler: async (request, reply) => {
      const key = idempotencyKey(request.headers['idempotency-key'])
      const body = parse('publication', PublicationRequest, request.body)
      return sendAnswer(reply, await makeOnce(context, callerOf(request), key, body))
    },
  })
}

async function makeOnce(
  context: ApiContext,
  principal: Principal,
  key: string,
  request: PublicationRequest,
): Promise<Answer> {
  const requestSha256 = fingerprintOf({ publication: request })
  try {
    await wantSound(context, principal, fieldsOf(request))
  } catch (refusal) {
    // What was taken once is answered again, whatever became of the catalogue meanwhile.
    const kept = refusal instanceof Refused ? await replay(context, principal, key, requestSha256) : undefined
    if (kept) return kept
    throw refusal
  }
  const prices = await readPriceData(context)
  const making = { request, idempotency: { key, requestSha256 }, addresses: context, prices }
  const { id, body, isMade } = await makePublication(changerOf(context), principal, making)
  if (isMade) return { status: 201, body, isReplay: false }
  const kept = await replay(context, principal, key, requestSha256, id)
  if (kept) return kept
  throw new Error(`The key of ${id} was taken, and is not there`)
}

const addChanging: AddRoutes = (app, context) => {
  app.patch('/v1/publications/:id', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Change a publication: a new version of it',
      description:
        'What is absent stays, null takes away. Visitors go on seeing the published version until the new one is published: at once with `publish: true`. With `version` it is only done when nobody changed it since. What changes nothing makes no version.',
      params: IdPath,
      body: PublicationChange,
      response: responses(200, Publication, 'The publication, changed', 400, 401, 403, 404, 409, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = parse('path', IdPath, request.params)
      const change = parse('publication', PublicationChange, request.body)
      const decide = changed(change, (fields) => wantSound(context, caller, fields))
      const prices = await readPriceData(context)
      return presentPublication(
        await changePublication(changerOf(context), caller, id, decide),
        caller,
        context,
        prices,
      )
    },
  })

  app.delete('/v1/publications/:id', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Delete a publication: nobody sees it any more',
      params: IdPath,
      response: responses(200, DeletedPublication, 'It is gone', 401, 403, 404),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { id } = parse('path', IdPath, request.params)
      const now = context.now()
      const { published, sale, preview } = publicationDocuments(context.keyring, caller, id)
      const eventId = makeIdAt(() => now)('event')
      await deletePublication(context.database, caller, id, { eventId, documents: [published, sale, preview], now })
      return { id, object: 'publication', deleted: true }
    },
  })
}

/** Throws Refused with every fault that the schema cannot see. */
async function wantSound(
  { database, allowedSources }: ApiContext,
  { accountId }: Principal,
  fields: PublicationFields,
): Promise<void> {
  const files = await ownFiles(database, accountId, fields)
  const issues = checkPublication(fields, { files, allowedOrigins: allowedSources })
  if (issues.length > 0) throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
}

export const changerOf = ({ changer, keyring }: ApiContext) => ({ ...changer, keyring })
