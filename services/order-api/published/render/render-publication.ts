import type { RoutingPolicy } from '#contracts/order-api/routing.ts'
import type { PublicationDocument } from '#contracts/published/publication-document.ts'
import { fromPrice } from '#pricing/from-price.ts'
import type { ShownPublication } from '../read/shown-publication.ts'
import type { Tracked, Use } from '../tracked.ts'
import { firstDayOf } from './first-day.ts'
import { proofPartOf } from './proof-part.ts'
import { type Rendered, rendered } from './rendered.ts'
import type { Sources } from './sources.ts'

/** A version of a publication, and whose it is. */
export type PublicationSource = {
  readonly account: Tracked<string>
  /** The account's name. */
  readonly seller: Tracked<string>
  /** How its orders are routed, where the account says so. */
  readonly routing: Tracked<RoutingPolicy | undefined>
  /** Holds nothing where there is nothing to be seen: it is gone, or nobody published it. */
  readonly publication: Tracked<ShownPublication | undefined>
  /** What it looks like in print, as text; undefined: nobody has looked yet, or nobody can. */
  readonly proof: Tracked<string | undefined>
}

/** All that a print button needs; the same for what everyone sees and for a draft. */
export function renderPublication(
  { account, routing, publication, proof }: PublicationSource,
  sources: Sources,
  use: Use,
): Rendered | undefined {
  use(account)
  const shown = use(publication)
  if (!shown) return undefined
  const { id, isTest, version, fields, thumbnail, thumbnailFailure } = shown
  const { title, texts, content, theme, valid_from, valid_until } = fields
  const validity = validityAt(fields, sources.now)
  const proofed = use(proof)
  const part = proofed === undefined ? undefined : proofPartOf(id, proofed)
  const document: PublicationDocument = {
    object: 'publication',
    id,
    is_test: isTest,
    version,
    state: validity.state,
    title,
    ...(texts === undefined ? {} : { texts }),
    ...(thumbnail === null ? {} : { thumbnail }),
    ...(thumbnailFailure === null ? {} : { thumbnail_failure: thumbnailFailure }),
    ...(content.pages === undefined ? {} : { pages: content.pages }),
    ...(part ? { proof: part.path } : {}),
    ...(content.kind === 'page' ? { needs_file: true } : {}),
    ...(content.kind === 'asynchronous' ? { file_comes_later: true } : {}),
    offers: offersOf(fields, use(routing), sources, use),
    ...(theme === undefined ? {} : { theme }),
    ...(valid_from === undefined ? {} : { valid_from }),
    ...(valid_until === undefined ? {} : { valid_until }),
  }
  const newPrices = firstDayOf(use(sources.books(fields.currency)), sources.now)
  return rendered(document, { changesAt: earlier(validity.changesAt, newPrices), parts: part ? [part] : [] })
}

type Fields = ShownPublication['fields']

/** A product that is in no catalogue any more is not shown. Nothing costs less "from" than where the policy lets its orders go. */
function offersOf(
  { offers, currency, country, content }: Fields,
  policy: RoutingPolicy | undefined,
  sources: Sources,
  use: Use,
) {
  const data = {
    facilities: use(sources.facilities),
    books: use(sources.books(currency)),
    taxes: use(sources.taxes),
    policy,
    now: sources.now,
  }
  return offers.flatMap(({ sku, options, margin }) => {
    const product = use(sources.product(sku))
    if (!product) return []
    const from = fromPrice({ product, currency, pages: content.pages, options, margin, country }, data)
    const { family, title, trimWidthMm, trimHeightMm } = product
    return [
      {
        sku,
        family,
        title,
        trim_width_mm: trimWidthMm,
        trim_height_mm: trimHeightMm,
        ...(from ? { from } : {}),
      },
    ]
  })
}

function validityAt({ valid_from, valid_until }: Fields, now: Date) {
  const begins = valid_from === undefined ? undefined : new Date(valid_from)
  const ends = valid_until === undefined ? undefined : new Date(valid_until)
  if (ends && ends <= now) return { state: 'ended', changesAt: undefined } as const
  if (begins && begins > now) return { state: 'upcoming', changesAt: begins } as const
  return { state: 'open', changesAt: ends } as const
}

const earlier = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? (one < other ? one : other) : (one ?? other)
