import { catalogue } from '#contracts/catalogue/catalogue.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import { taxTable } from '#contracts/taxes/tax-table.ts'
import { localFacilities } from '../../../../local/facilities.ts'
import { localPriceBooks } from '../../../../local/prices/local-price-books.ts'
import type { ShownButton } from '../../../../services/order-api/published/read/read-buttons.ts'
import type { ShownPublication } from '../../../../services/order-api/published/read/shown-publication.ts'
import { renderDocument } from '../../../../services/order-api/published/render/render-document.ts'
import { type RawSources, trackedSources } from '../../../../services/order-api/published/render/sources.ts'
import type { DocumentRef } from '../../../../services/order-api/published/touch-sql.ts'
import { Tracked } from '../../../../services/order-api/published/tracked.ts'

export const now = new Date('2026-11-21T12:00:00.000Z')
export const accountId = 'acc_01k9zzzzzzzzzzzzzzzzzzzzzz'

/** Everything that documents are made of. */
export type World = Required<RawSources> & {
  readonly publications: readonly ShownPublication[]
  /** Name of the account. */
  readonly seller: string
  /** Its routing policy. */
  readonly routing?: RoutingPolicy
  /** What live publishable keys stand for, by the id of the key. */
  readonly buttons: ReadonlyMap<string, ShownButton>
  /** What publications look like in print, by their ids. */
  readonly proofs?: ReadonlyMap<string, string>
}

export const world: World = {
  facilities: localFacilities,
  books: localPriceBooks,
  products: catalogue,
  taxes: taxTable,
  unread: new Map(),
  pages: new Map([['status.html', '<p>status</p>']]),
  publications: [],
  seller: 'Harbour Press',
  buttons: new Map(),
  now,
}

export const aPublication = (
  fields: Partial<PublicationFields> = {},
  changes: Partial<ShownPublication> = {},
): ShownPublication => ({
  id: 'pub_01k9zzzzzzzzzzzzzzzzzzzzzz',
  isTest: false,
  version: 3,
  thumbnail: null,
  thumbnailFailure: null,
  fields: {
    title: 'Harbour Lights',
    content: { kind: 'asynchronous' },
    offers: [{ sku: 'magazine-a4' }],
    currency: 'EUR',
    ...fields,
  },
  ...changes,
})

export const publicationRef = (publicationId: string): DocumentRef => ({
  path: `/public/v1/publications/${publicationId}.json`,
  kind: 'publication',
  subject: { accountId, isTest: false, publicationId },
})

export const saleRef = (publicationId: string): DocumentRef => ({
  path: `/public/v1/sales/${publicationId}-${'x'.repeat(22)}.json`,
  kind: 'sale',
  subject: { accountId, isTest: false, publicationId },
})

export const buttonRef = (keyId: string): DocumentRef => ({
  path: `/public/v1/buttons/${keyId}.json`,
  kind: 'button',
  subject: { accountId, isTest: false, keyId },
})

/** A document as it would be published of this world. */
export const documentIn = (ref: DocumentRef, { publications, seller, routing, buttons, proofs, ...raw }: World) =>
  renderDocument(ref, trackedSources(raw), {
    publication: ({ subject }) => {
      const id = String(subject.publicationId)
      return {
        account: new Tracked(tagOf.account(accountId), accountId),
        seller: new Tracked(tagOf.seller(accountId), seller),
        routing: new Tracked(tagOf.seller(accountId), routing),
        publication: new Tracked(
          tagOf.publication(id),
          publications.find((each) => each.id === id),
        ),
        proof: new Tracked(tagOf.publication(id), proofs?.get(id)),
      }
    },
    button: ({ subject }) => {
      const button = buttons.get(String(subject.keyId))
      return {
        account: new Tracked(tagOf.account(accountId), accountId),
        button: new Tracked(tagOf.buttons(accountId, false), button),
        isOfPages: ({ publicationId }) =>
          new Tracked(
            tagOf.publication(publicationId),
            publications.some(({ id, fields }) => id === publicationId && fields.content.kind === 'page'),
          ),
      }
    },
  })

/** The document of a publication, read again. */
export function shown(publication: ShownPublication, changes: Partial<World> = {}) {
  const built = documentIn(publicationRef(publication.id), { ...world, ...changes, publications: [publication] })
  if (!built) throw new Error('There is no document')
  return { ...built.value, tags: built.tags, document: JSON.parse(built.value.text) }
}
