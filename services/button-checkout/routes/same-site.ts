import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '#chassis/errors.ts'

/** Those who come from elsewhere by right: they sign what they send. */
export const webhooksRoot = '/checkout/webhooks/'
const reading: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whatever changes something is asked for by our own pages only. Browsers say where a request comes from in two headers that no page can
 * forge; what is no browser has no visitor's cookies or links to misuse, and may leave both out.
 */
export function addSameSiteRule(app: FastifyInstance, checkoutUrl: string): void {
  const own = new URL(checkoutUrl).origin
  app.addHook('onRequest', (request, _reply, done) => {
    done(isAllowed(request, own) ? undefined : new Refused('cross_site', `Only pages of ${own} may ask for that.`))
  })
}

function isAllowed({ method, url, headers }: FastifyRequest, own: string): boolean {
  if (reading.includes(method) || url.startsWith(webhooksRoot)) return true
  const site = headers['sec-fetch-site']
  const { origin } = headers
  return (site === undefined || site === 'same-origin') && (origin === undefined || origin === own)
}
