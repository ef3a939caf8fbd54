import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'

const about = `Order printed magazines, books, canvases and posters.

Announce a file (\`POST /v1/files\`), upload it to the link in the answer, place an order (\`POST /v1/orders\`) and follow it
(\`GET /v1/orders/{id}\`). Keys that begin with \`sk_test_\` make test orders: they go the whole way, and nothing is printed.
Errors are problem+json (RFC 9457); decide by \`code\`.`

/** Collects the routes that are added after it; the document is at /openapi.json, a readable page at /docs. */
export async function addDocumentation(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Printcloud order API',
        version: '1',
        description: about,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags: [
        { name: 'Catalogue', description: 'What can be ordered, and how to draw it' },
        { name: 'Files', description: 'Uploads, straight to storage' },
        { name: 'Orders', description: 'Placing and following orders' },
      ],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'sk_test_… or sk_live_…' },
        },
      },
    },
  })
  app.get('/openapi.json', { schema: { hide: true }, handler: async () => app.swagger() })
  await app.register(reference, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      authentication: { preferredSecurityScheme: 'apiKey' },
      // The page stays on this machine: no fonts, telemetry or services of others.
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
      defaultOpenAllTags: true,
    },
  })
}
