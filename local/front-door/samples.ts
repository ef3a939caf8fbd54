import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

const types: Readonly<Record<string, string>> = { '.pdf': 'application/pdf', '.jpg': 'image/jpeg' }

/** The sample files there are; the demo makes them. */
export async function listSamples(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => extname(name) in types).toSorted()
}

/** Answers with one sample; only names of the list are looked for, so that no path leads out of the folder. */
export async function sendSample(folder: string, path: string, response: ServerResponse): Promise<void> {
  const name = (await listSamples(folder)).find((each) => each === path)
  if (name === undefined) {
    response
      .writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
      .end('No such sample; npm run demo makes them.\n')
    return
  }
  const { size } = await stat(join(folder, name))
  response.writeHead(200, { 'content-type': types[extname(name)], 'content-length': size })
  await pipeline(createReadStream(join(folder, name)), response)
}
