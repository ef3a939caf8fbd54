import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Api } from './api.ts'
import { contentTypeOf } from './file-facts.ts'

const uploadWithinMilliseconds = 120_000

/** Announces a file and sends its bytes straight to storage; returns its id. */
export async function uploadFile(api: Api, path: string): Promise<string> {
  const content_type = await contentTypeOf(path)
  const { size } = await stat(path)
  const { id, upload } = await api.announceFile({ filename: basename(path), content_type, size_bytes: size })
  if (!upload) throw new Error(`The API gave no place to upload ${basename(path)} to`)
  const answer = await fetch(upload.url, {
    method: upload.method,
    headers: upload.headers,
    // A blob backed by the file: read while it is sent, with its length known.
    body: await openAsBlob(path),
    signal: AbortSignal.timeout(uploadWithinMilliseconds),
  })
  if (!answer.ok) {
    const said = (await answer.text()).slice(0, 500)
    throw new Error(`Storage did not take ${basename(path)}: ${answer.status} ${said}`)
  }
  return id
}
