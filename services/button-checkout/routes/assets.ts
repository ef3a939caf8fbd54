import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refused } from '#chassis/errors.ts'
import { cacheRules } from '#contracts/published/cache-rules.ts'
import type { AddRoutes } from './context.ts'

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  json: 'application/json',
  map: 'application/json',
}

/** What pages load: files that the build named by their bytes, and no others. */
export const addAssetsRoute: AddRoutes = (app, { assets, config }) => {
  const known = new Set(Object.values(assets))
  app.get('/checkout/assets/:file', async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const type = types[path.split('.').at(-1) ?? '']
    if (!known.has(path) || type === undefined) throw new Refused('not_found', 'There is no such file.')
    const bytes = await readFile(join(config.PAGES_DIR, path.slice(path.lastIndexOf('/') + 1)))
    return reply.header('cache-control', cacheRules.immutable).type(type).send(bytes)
  })
}
