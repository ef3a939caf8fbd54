import { parse } from '#contracts/parse.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { subjects } from '../read/subjects.ts'
import type { DocumentRef } from '../touch-sql.ts'
import { type Built, Tracked, type Use } from '../tracked.ts'
import { type ButtonSource, renderButton } from './render-button.ts'
import { renderCatalogue } from './render-catalogue.ts'
import { renderFacilities } from './render-facilities.ts'
import { renderOffers } from './render-offers.ts'
import { renderPage } from './render-page.ts'
import { renderPrices } from './render-prices.ts'
import { type PublicationSource, renderPublication } from './render-publication.ts'
import { renderSale } from './render-sale.ts'
import type { Rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** Give the publication, or the button, that a document is of, as it was read. */
export type SubjectOf = {
  readonly publication: (ref: DocumentRef) => PublicationSource
  readonly button: (ref: DocumentRef) => ButtonSource
}

/** A document as it is to be now; undefined where there shall be none. Pure: the same sources give the same bytes. */
export function renderDocument(ref: DocumentRef, sources: Sources, subjectOf: SubjectOf): Built<Rendered> | undefined {
  return Tracked.build((use) => contentOf(ref, sources, subjectOf, use), [tagOf.document(ref.path), 'release'])
}

function contentOf(ref: DocumentRef, sources: Sources, subjectOf: SubjectOf, use: Use): Rendered | undefined {
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
      return renderPublication(subjectOf.publication(ref), sources, use)
    case 'sale':
      return renderSale(subjectOf.publication(ref), use)
    case 'facilities':
      return renderFacilities(sources, use)
    case 'button':
      return renderButton(subjectOf.button(ref), use)
    default:
      return ref.kind satisfies never
  }
}
