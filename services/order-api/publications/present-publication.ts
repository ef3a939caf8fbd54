import type { Keyring } from '#chassis/keyring.ts'
import type { Publication, PublicationVersion } from '#contracts/order-api/publication.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { Owner } from '../store/order-store.ts'
import { noticesOf } from './notices-of.ts'
import { publicationDocuments } from './publication-documents.ts'
import type { PublicationRow, VersionRow } from './publication-rows.ts'

/** What the addresses in an answer are made of. */
export type Addresses = { readonly cdnUrl: string; readonly checkoutUrl?: string; readonly keyring: Keyring }

/** The publication as the API shows it: its newest version, and where it can be seen. With `prices` also what of it cannot be bought. */
export function presentPublication(
  row: PublicationRow,
  owner: Owner,
  addresses: Addresses,
  prices?: PriceData,
): Publication {
  const { id, isTest, version, publishedVersion, fields, thumbnail, proof, createdAt, updatedAt, publishedAt } = row
  const { cdnUrl, keyring } = addresses
  const { published, preview } = publicationDocuments(keyring, owner, id)
  return {
    id,
    object: 'publication',
    is_test: isTest,
    state: publishedVersion === null ? 'draft' : 'published',
    version,
    ...(publishedVersion === null ? {} : { published_version: publishedVersion }),
    ...fields,
    thumbnail_state: {
      status: thumbnail?.state ?? 'none',
      ...(typeof thumbnail?.failure === 'string' ? { failure: thumbnail.failure } : {}),
    },
    proof_state: {
      status: proof?.state ?? 'none',
      ...(typeof proof?.failure === 'string' ? { failure: proof.failure } : {}),
      ...proof?.summary,
    },
    ...(prices === undefined ? {} : { notices: noticesOf(fields, prices) }),
    document_url: `${cdnUrl}${published.path}`,
    preview_url: `${cdnUrl}${documentPaths.page('preview')}#${preview.path}`,
    embed: { html: embedOf(row, addresses) },
    created_at: createdAt,
    updated_at: updatedAt,
    ...(publishedAt === null ? {} : { published_at: publishedAt }),
  }
}

/** docs/embed.md: the button, what its theme needs space for, and within it the way for browsers without scripts. */
function embedOf({ id, fields }: PublicationRow, { cdnUrl, checkoutUrl }: Addresses): string {
  const { size = 'medium', shows_thumbnail: showsThumbnail } = fields.theme ?? {}
  const space = `${size === 'medium' ? '' : ` size="${size}"`}${showsThumbnail ? ' thumbnail' : ''}`
  const link = checkoutUrl ? `<a href="${checkoutUrl}/checkout?publication=${id}">Print this</a>` : 'Print this'
  return `<script async src="${cdnUrl}/v1/button.js"></script><print-button publication="${id}"${space}${srcOf(fields)}>${link}</print-button>`
}

/** Where each button names its own file, a place for that. An origin has no character that HTML would read as another. */
const srcOf = ({ content }: PublicationRow['fields']): string =>
  content.kind === 'page' ? ` src="${content.origins[0]}/your-file.pdf"` : ''

/** One version as the API shows it. */
export function presentVersion(row: VersionRow): PublicationVersion {
  const { version, fields, undoes, changed, savedAt, savedBy, isPublished } = row
  return {
    version,
    object: 'publication_version',
    ...fields,
    ...(undoes === null ? {} : { undoes }),
    changed,
    saved_at: savedAt,
    saved_by: savedBy,
    is_published: isPublished,
  }
}
