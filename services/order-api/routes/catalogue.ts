import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { catalogue, productOf } from '#contracts/catalogue/catalogue.ts'
import type { Product } from '#contracts/catalogue/product.ts'
import { productAt } from '#contracts/facility.ts'
import { pageRangeOf } from '#contracts/geometry/geometry.ts'
import { Catalogue, CatalogueGeometry, CatalogueProduct } from '#contracts/order-api/catalogue.ts'
import { NumberText } from '#contracts/order-api/number-text.ts'
import { parse } from '#contracts/parse.ts'
import { presentGeometry } from '../catalogue/present-geometry.ts'
import { presentProduct } from '../catalogue/present-product.ts'
import type { FacilityDirectory } from '../routing/facility-directory.ts'
import { needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

const strict = { additionalProperties: false } as const
const SkuPath = Type.Object({ sku: Type.String({ maxLength: 64 }) })
const GeometryQuery = Type.Object(
  {
    pages: Type.Optional(
      NumberText('^[0-9]{1,5}$', { minimum: 0 }, 'the number of pages of content; required for books'),
    ),
    facility: Type.Optional(
      Type.String({
        maxLength: 50,
        description: 'id of a facility: its bleed and its paper; the catalogue’s own without',
      }),
    ),
  },
  strict,
)
const tags = ['Catalogue']

/** GET /v1/catalogue, one product of it, and its geometry. Open to everyone. */
export const addCatalogueRoutes: AddRoutes = (app, { facilities }) => {
  app.get('/v1/catalogue', {
    config: needs('public'),
    schema: {
      tags,
      summary: 'List what can be ordered',
      response: responses(200, Catalogue, 'The catalogue'),
    },
    handler: async () => ({ data: catalogue.map(presentProduct) }),
  })

  app.get('/v1/catalogue/:sku', {
    config: needs('public'),
    schema: {
      tags,
      summary: 'One product',
      params: SkuPath,
      response: responses(200, CatalogueProduct, 'The product', 404),
    },
    handler: async (request) => presentProduct(wantedProduct(parse('path', SkuPath, request.params).sku)),
  })

  app.get('/v1/catalogue/:sku/geometry', {
    config: needs('public'),
    schema: {
      tags,
      summary: 'Sizes, boxes, spine and minimum pixels at a page count',
      params: SkuPath,
      querystring: GeometryQuery,
      response: responses(200, CatalogueGeometry, 'The geometry, lengths in millimetres', 404, 422),
    },
    handler: async (request) => {
      const { pages, facility } = parse('query', GeometryQuery, request.query)
      const product = wantedProduct(parse('path', SkuPath, request.params).sku)
      const made = facility === undefined ? product : await madeAt(facilities, facility, product)
      return presentGeometry(made, wantedPages(product, pages), facility)
    },
  })
}

function wantedProduct(sku: string): Product {
  const product = productOf(sku)
  if (product) return product
  throw new Refused('not_found', `"${sku}" is not in the catalogue; GET /v1/catalogue lists what is.`)
}

async function madeAt(facilities: FacilityDirectory, facilityId: string, product: Product): Promise<Product> {
  const known = await facilities.all()
  const facility = known.find(({ id }) => id === facilityId)
  const made = facility && productAt(facility, product)
  if (made) return made
  const makers = known.filter((each) => productAt(each, product)).map(({ id }) => id)
  const detail = `must be a facility that makes ${product.sku}: ${makers.join(', ')}; found "${facilityId}"`
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/querystring/facility', detail },
  ])
}

function wantedPages(product: Product, asked: string | undefined): number {
  const { minimum, maximum } = pageRangeOf(product)
  // Only a book's page count is for the customer to choose.
  const pages = asked === undefined && product.construction.kind !== 'book' ? minimum : Number(asked)
  if (pages >= minimum && pages <= maximum) return pages
  const detail = `must be ${minimum} to ${maximum} for ${product.sku}; found ${asked === undefined ? 'nothing' : asked}`
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', [
    { pointer: '/querystring/pages', detail },
  ])
}
