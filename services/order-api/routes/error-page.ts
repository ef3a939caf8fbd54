import { readFileSync } from 'node:fs'
import type { AddRoutes } from './context.ts'

/** Where the `type` of every problem leads. */
export const errorPagePath = '/errors'

const source = new URL('../../../docs/errors.md', import.meta.url)

/** GET /errors: docs/errors.md as it is, which explains every code. */
export const addErrorPageRoute: AddRoutes = (app) => {
  const text = readFileSync(source, 'utf8')
  app.get(errorPagePath, {
    schema: { hide: true },
    handler: async (_request, reply) => reply.type('text/plain; charset=utf-8').send(text),
  })
}
