import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { File, FileRequest } from '#contracts/order-api/file.ts'
import { parse } from '#contracts/parse.ts'
import type { Principal } from '../auth/principal.ts'
import type { StoredFile } from '../files/file-store.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { sourceKeyOf } from '../orders/sources.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'

const IdPath = Type.Object({ id: Type.String({ maxLength: 60 }) })
const tags = ['Files']
/** Long enough for 5 GB over a slow line. */
const uploadSeconds = 3600 * 6

/** POST /v1/files gives a link for an upload straight to S3; GET /v1/files/:id says whether the bytes are there. */
export const addFileRoutes: AddRoutes = (app, context) => {
  app.post('/v1/files', {
    config: needs('files:write'),
    schema: {
      tags,
      summary: 'Announce a file and get a link to upload it',
      body: FileRequest,
      response: responses(201, File, 'PUT the bytes to upload.url with upload.headers', 400, 401, 403, 422),
    },
    handler: async (request, reply) => {
      const caller = callerOf(request)
      const { accountId } = caller
      const body = parse('file', FileRequest, request.body)
      const now = context.now()
      const file: StoredFile = {
        id: makeIdAt(() => now)('file'),
        filename: body.filename,
        contentType: body.content_type,
        sizeBytes: body.size_bytes,
        sha256: body.sha256 ?? null,
        createdAt: now.toISOString(),
        uploadedAt: null,
        expiredAt: null,
      }
      await context.files.insert(accountId, file)
      return reply.code(201).send(await presentFile(context, caller, file))
    },
  })

  app.get('/v1/files/:id', {
    config: needs('files:read'),
    schema: {
      tags,
      summary: 'One file and whether it has arrived',
      params: IdPath,
      response: responses(200, File, 'The file', 401, 403, 404),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { accountId } = caller
      const { id } = parse('path', IdPath, request.params)
      const file = await context.files.find(accountId, id)
      if (!file) throw new Refused('not_found', `There is no file ${id} in your account.`)
      return presentFile(context, caller, await withArrival(context, accountId, file))
    },
  })
}

/** Looks into the bucket until the file has been seen there once. */
async function withArrival(
  { uploads, files, now }: ApiContext,
  accountId: string,
  file: StoredFile,
): Promise<StoredFile> {
  if (file.uploadedAt !== null || !(await uploads.hasArrived(sourceKeyOf(accountId, file.id)))) return file
  const at = now()
  await files.markUploaded(accountId, file.id, at)
  return { ...file, uploadedAt: at.toISOString() }
}

/** The link writes: whoever may only read gets none, or could put other bytes into somebody's order. */
async function presentFile({ uploads, now }: ApiContext, { accountId, scopes }: Principal, file: StoredFile) {
  const shown = {
    id: file.id,
    object: 'file' as const,
    filename: file.filename,
    content_type: file.contentType,
    size_bytes: file.sizeBytes,
    ...(file.sha256 === null ? {} : { sha256: file.sha256 }),
    created_at: file.createdAt,
  }
  if (file.expiredAt !== null) return { ...shown, status: 'expired' as const }
  if (file.uploadedAt !== null) return { ...shown, status: 'uploaded' as const }
  const awaited = { ...shown, status: 'awaiting_upload' as const }
  if (!scopes.includes('files:write')) return awaited
  const key = sourceKeyOf(accountId, file.id)
  return {
    ...awaited,
    upload: await uploads.putLink({ ...file, key }, uploadSeconds),
    expires_at: new Date(now().getTime() + uploadSeconds * 1000).toISOString(),
  }
}
