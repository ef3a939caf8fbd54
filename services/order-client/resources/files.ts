import type { Read } from '../cache/freshness.ts'
import type { File, FileRequest } from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { segment } from '../pages.ts'
import { type UploadContext, type UploadOptions, uploadFile } from '../upload/upload-file.ts'
import type { ReadOnce, UploadSource } from '../upload/upload-source.ts'
import type { Api } from './api.ts'

/** Files for orders and preflights; the bytes go straight to storage. */
export type FileCalls = {
  /** Announces a file and gives the link to send its bytes to; `upload` does all of it. */
  readonly create: (file: FileRequest, options?: CallOptions) => Promise<File>
  readonly get: (id: string, options?: CallOptions) => Promise<Read<File>>
  /** Announces, sends with progress and new tries, and sees that the file is there. */
  readonly upload: (source: UploadSource | ReadOnce, options: UploadOptions) => Promise<File>
}

export function fileCalls(api: Api, context: Pick<UploadContext, 'breakerOf' | 'budget' | 'retries'>): FileCalls {
  const create: FileCalls['create'] = (body, options) =>
    api.write({ ...options, method: 'POST', path: '/v1/files', body })
  const get: FileCalls['get'] = (id, options) => api.readNow(`/v1/files/${segment(id)}`, options)
  const uploading = { ...context, create, get, surroundings: api.surroundings }
  return { create, get, upload: (source, options) => uploadFile(uploading, source, options) }
}
