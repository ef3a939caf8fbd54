import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { File } from '#contracts/order-api/file.ts'
import { parse } from '#contracts/parse.ts'
import type { LocalFile } from '../../local/platform/local-file.ts'
import { writePoster } from '../../local/samples/poster.ts'

const widthPx = 2480

/** Draws a JPEG of 2480 × 3506 pixels, uploads it as a customer would, and gives back its file id. */
export async function uploadPoster({ apiUrl, secretKey }: LocalFile, folder: string): Promise<string> {
  const path = join(folder, 'poster.jpg')
  await writePoster(path, widthPx)
  const bytes = await readFile(path)
  const announced = await fetch(`${apiUrl}/v1/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ filename: 'poster.jpg', content_type: 'image/jpeg', size_bytes: bytes.length }),
  })
  if (announced.status !== 201) throw new Error(`POST /v1/files: ${announced.status} ${await announced.text()}`)
  const { id, upload } = parse('file', File, await announced.json())
  if (!upload) throw new Error('A file that was just announced has no upload link')
  const stored = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes })
  if (!stored.ok) throw new Error(`The upload: ${stored.status} ${await stored.text()}`)
  return id
}
