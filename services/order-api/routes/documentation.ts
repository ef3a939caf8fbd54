import swagger from '@fastify/swagger'
import reference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'
import { parse } from '#contracts/parse.ts'
import { about, tags } from '../documentation/about.ts'
import { describeOperations } from '../documentation/describe-operations.ts'
import { readKnown } from '../documentation/known.ts'
import { OpenApi } from '../documentation/openapi.ts'

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
      tags: [...tags],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'A secret key: `sk_test_…` for the test world, `sk_live_…` for orders that are printed.',
          },
        },
      },
    },
  })
  // Made once: it is half a megabyte, and open to everyone.
  let text: string | undefined
  app.get('/openapi.json', {
    schema: { hide: true },
    handler: async (_request, reply) => {
      text ??= JSON.stringify(describeOperations(parse('openapi', OpenApi, app.swagger()), readKnown()))
      return reply.type('application/json; charset=utf-8').serializer(String).send(text)
    },
  })
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
