import type { Read } from '../cache/freshness.ts'
import type { Catalogue, CatalogueGeometry, CatalogueProduct } from '../contract-types.ts'
import type { CallOptions } from '../http/caller.ts'
import { segment, withQuery } from '../pages.ts'
import type { Api } from './api.ts'

export type GeometryOptions = CallOptions & {
  /** Pages of content; needed for books. */
  readonly pages?: number
  /** A facility: its bleed and its paper. */
  readonly facility?: string
}

/** What can be ordered, and how to draw it. */
export type CatalogueCalls = {
  readonly list: (options?: CallOptions) => Promise<Read<Catalogue>>
  readonly get: (sku: string, options?: CallOptions) => Promise<Read<CatalogueProduct>>
  readonly geometry: (sku: string, options?: GeometryOptions) => Promise<Read<CatalogueGeometry>>
}

export const catalogueCalls = ({ read }: Api): CatalogueCalls => ({
  list: (options) => read('/v1/catalogue', options),
  get: (sku, options) => read(`/v1/catalogue/${segment(sku)}`, options),
  geometry: (sku, { pages, facility, ...options } = {}) =>
    read(withQuery(`/v1/catalogue/${segment(sku)}/geometry`, { pages, facility }), options),
})
