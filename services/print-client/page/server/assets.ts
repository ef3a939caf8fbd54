import { extname } from 'node:path'
import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { parse } from '#contracts/parse.ts'

/** What the page loads. `names` says which file a name such as `print.js` means now; files are named by their content. */
export type Assets = {
  readonly names: Readonly<Record<string, string>>
  readonly files: ReadonlyMap<string, { readonly type: string; readonly bytes: Uint8Array }>
}

const Manifest = Type.Record(Type.String(), Type.String({ pattern: '^[\\w.-]+$' }))
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Reads one file of the built page. Rejects where there is none. */
export type ReadAsset = (name: string) => Promise<Uint8Array>

/** All that was built. Throws Refused where nothing was. */
export async function loadAssets(read: ReadAsset): Promise<Assets> {
  const text = await read('manifest.json').catch((cause: unknown) => {
    throw new Refused('page_not_built', 'The page is not built: run "npm run build:pages"', [], { cause })
  })
  const names = parse('manifest.json', Manifest, JSON.parse(Buffer.from(text).toString('utf8')))
  const files = await Promise.all(
    Object.values(names).map(async (name) => {
      const type = types[extname(name)] ?? 'application/octet-stream'
      return [name, { type, bytes: await read(name) }] as const
    }),
  )
  return { names, files: new Map(files) }
}
