import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { type Listening, listening } from '../listening.ts'

/**
 * A publisher's page under the strictest policy: scripts of its own alone, nothing made of text, requests to the CDN alone. What its script
 * read is in `window.reading`, what the browser forbade in `window.violations`. `/sandboxed` is the same without any storage.
 */
export async function startPageSite(scriptFolder: string, cdnUrl: string): Promise<Listening> {
  const policyOf = (self: string): string =>
    `default-src 'none'; script-src ${self}; connect-src ${cdnUrl}; require-trusted-types-for 'script'; trusted-types 'none'`
  const server = createServer((request, response) => {
    const self = `http://${request.headers.host}`
    const { pathname } = new URL(request.url ?? '/', self)
    const isSandboxed = pathname === '/sandboxed'
    response.setHeader('access-control-allow-origin', '*')
    if (pathname === '/page.js') response.setHeader('content-type', 'text/javascript').end(pageScript)
    else if (pathname === '/read.js') {
      readFile(join(scriptFolder, 'read.js')).then(
        (script) => response.setHeader('content-type', 'text/javascript').end(script),
        () => response.destroy(),
      )
    } else {
      const policy = isSandboxed ? `${policyOf(self)}; sandbox allow-scripts` : policyOf(self)
      response.setHeader('content-security-policy', policy).setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>Page</title><script type="module" src="/page.js"></script>')
    }
  })
  return await listening(server)
}

/** Reads the publication that the page's address names. */
const pageScript = `
import { readPublication } from './read.js'
window.violations = []
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective))
const address = new URLSearchParams(location.search).get('address')
window.reading = readPublication(address).then((reading) => reading ?? 'none', (error) => String(error))
`
