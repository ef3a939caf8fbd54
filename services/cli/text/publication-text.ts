import type { Publication } from '../../order-client/index.ts'
import { marginText } from '../margin.ts'
import type { Paint } from './paint.ts'
import { plain } from './plain.ts'
import { count, timeText, words } from './words.ts'

/** A publication as people read it: what, for how much, who sees which version, where. */
export function publicationText(publication: Publication, paint: Paint): string {
  const { id, title, reference, is_test, updated_at, offers, currency, country } = publication
  return [
    `${paint.strong(plain(title))} · ${id}${reference === undefined ? '' : ` · ${plain(reference)}`}`,
    `${stateText(publication)}${is_test ? ' · test' : ''} · saved ${timeText(updated_at)}`,
    '',
    contentText(publication.content),
    ...offers.map(({ sku, margin }) => `  ${[plain(sku), marginText(margin, currency)].join('  ').trimEnd()}`),
    `Prices in ${currency}${country === undefined ? '' : ` with the tax of ${plain(country)}`}`,
    ...validText(publication),
    thumbnailText(publication, paint),
    proofText(publication, paint),
    '',
    `Preview   ${publication.preview_url}`,
    `Document  ${publication.document_url}`,
    publication.embed.html,
  ].join('\n')
}

/** "● published, version 3"; "○ draft, version 1"; "● published, version 2; version 3 is a draft". */
export function stateText({ state, version, published_version }: Publication): string {
  if (state !== 'published') return `○ ${words(state)}, version ${version}`
  const shown = published_version ?? version
  const newer = version > shown ? `; version ${version} is a draft` : ''
  return `● published, version ${shown}${newer}`
}

function contentText(content: Publication['content']): string {
  const pages = content.pages === undefined ? '' : `, ${count(content.pages, 'page')}`
  switch (content.kind) {
    case 'file':
      return `Prints ${content.file}${pages}`
    case 'url':
      return `Prints ${plain(content.url)}${pages}`
    case 'page':
      return `Each button names its file, from ${content.origins.map(plain).join(', ')}${pages}`
    case 'asynchronous':
      return `The file comes after the sale${pages}`
  }
}

function validText({ valid_from, valid_until }: Publication): readonly string[] {
  const from = valid_from === undefined ? '' : ` from ${timeText(valid_from)}`
  const until = valid_until === undefined ? '' : ` until ${timeText(valid_until)}`
  return from + until === '' ? [] : [`To be bought${from}${until}`]
}

const thumbnailText = ({ thumbnail_state: { status, failure } }: Publication, paint: Paint): string =>
  failure === undefined ? `Thumbnail: ${words(status)}` : `Thumbnail: ${paint.warn(`! ${plain(failure)}`)}`

/** What its publisher should know before visitors do. An older server says nothing of it. */
export function proofText({ proof_state: proof }: Partial<Pick<Publication, 'proof_state'>>, paint: Paint): string {
  const { status, failure, worst = 'none', rejected = [] } = proof ?? { status: 'none' }
  if (failure !== undefined) return `In print: ${paint.warn(`! ${plain(failure)}`)}`
  if (status !== 'ready') return `In print: ${status === 'none' ? 'nobody has looked' : words(status)}`
  if (rejected.length > 0) {
    const skus = rejected.map(({ sku }) => plain(sku)).join(', ')
    return `In print: ${paint.warn(`! cannot be printed as ${skus}; "npx printcloud preflight FILE --sku SKU" says why`)}`
  }
  return `In print: ${inPrint[worst]}`
}

const inPrint: Readonly<Record<NonNullable<Publication['proof_state']['worst']>, string>> = {
  none: 'nothing to tell',
  fixed: 'ready, with small things that are mended',
  warn: 'ready, with warnings that visitors see beside its pages',
  reject: 'ready',
}
