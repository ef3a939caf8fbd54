import { readFileSync } from 'node:fs'
import { errorPage } from '../documentation/error-page.ts'
import type { AddRoutes } from './context.ts'

/** Where the `type` of every problem leads. */
export const errorPagePath = '/errors'

const source = new URL('../../../docs/errors.md', import.meta.url)

/** GET /errors: docs/errors.md, which explains every code. A page for browsers; as it is for those who ask for text. */
export const addErrorPageRoute: AddRoutes = (app) => {
  const text = readFileSync(source, 'utf8')
  const { html, contentSecurityPolicy } = errorPage(text)
  app.get(errorPagePath, {
    schema: { hide: true },
    handler: async ({ headers: { accept = '' } }, reply) => {
      reply.header('vary', 'accept').header('x-content-type-options', 'nosniff')
      const asked = accept.includes('text/html') ? undefined : /text\/(?:markdown|plain)/.exec(accept)?.[0]
      if (asked !== undefined) return reply.type(`${asked}; charset=utf-8`).send(text)
      return reply
        .headers({ 'content-security-policy': contentSecurityPolicy, 'referrer-policy': 'no-referrer' })
        .type('text/html; charset=utf-8')
        .send(html)
    },
  })
}
