import { parse } from '#contracts/parse.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { subjects } from '../read/subjects.ts'
import type { DocumentRef } from '../touch-sql.ts'
import { type Built, Tracked, type Use } from '../tracked.ts'
import { renderCatalogue } from './render-catalogue.ts'
import { renderOffers } from './render-offers.ts'
import { renderPage } from './render-page.ts'
import { renderPrices } from './render-prices.ts'
import { type PublicationSource, renderPublication } from './render-publication.ts'
import type { Rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** Gives the publication that a document is of, as it was read. */
export type PublicationOf = (ref: DocumentRef) => PublicationSource

/** A document as it is to be now; undefined where there shall be none. Pure: the same sources give the same bytes. */
export function renderDocument(
  ref: DocumentRef,
  sources: Sources,
  publicationOf: PublicationOf,
): Built<Rendered> | undefined {
  return Tracked.build((use) => contentOf(ref, sources, publicationOf, use), [tagOf.document(ref.path), 'release'])
}

function contentOf(ref: DocumentRef, sources: Sources, publicationOf: PublicationOf, use: Use): Rendered | undefined {
  switch (ref.kind) {
    case 'catalogue':
      return renderCatalogue(sources, use)
    case 'prices':
      return renderPrices(parse('subject of prices', subjects.currency, ref.subject).currency, sources, use)
    case 'offers':
      return renderOffers(parse('subject of offers', subjects.currency, ref.subject).currency, sources, use)
    case 'page':
      return renderPage(parse('subject of a page', subjects.page, ref.subject).file, sources, use)
    case 'publication':
    case 'preview':
      return renderPublication(publicationOf(ref), sources, use)
    default:
      return ref.kind satisfies never
  }
}
