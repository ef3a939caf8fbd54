import type { SqlValue } from '#chassis/database.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import type { MakeId } from '../orders/make-id.ts'
import type { Owner } from '../store/order-store.ts'
import { pictureOf, thumbnailKeyOf } from './picture.ts'
import { thumbnailTicketOf } from './thumbnail-ticket.ts'

/** A picture that a version wants, and the ticket that asks for it where nobody has asked yet. */
export type AskedPicture = { readonly key: string; readonly ticket: ThumbnailTicket; readonly patienceSeconds: number }

/**
 * So many pictures of an account are made at once. Those beyond have to wait, a round of the usual patience for each such number: whoever
 * brings ten thousand publications at once holds up nobody's orders.
 */
export const mostPicturesAtOnce = 100

type Asking = {
  readonly publicationId: string
  readonly now: Date
  readonly makeId: MakeId
  readonly patienceSeconds: number
}

/** Undefined where the fields ask for none. */
export function askedPicture(owner: Owner, fields: PublicationFields, asking: Asking): AskedPicture | undefined {
  const picture = pictureOf(fields)
  if (!picture) return undefined
  const { publicationId, now, makeId, patienceSeconds } = asking
  return {
    key: thumbnailKeyOf(picture),
    ticket: thumbnailTicketOf(owner, { publicationId, picture, now, makeId }),
    patienceSeconds,
  }
}

/**
 * Parts of a statement named `waiting` and `pictured`: asks for the picture when the part named `when` has a row, and nobody asked before or it could not
 * be made. It reads `account`, `isTest`, `id`, `at` and the parameters of `pictureParameters`.
 */
export const pictureSql = (when: string): string => `waiting as (
    select count(*)::int as pictures from thumbnails
    where account_id = :account::text and is_test = :isTest::boolean and state = 'processing' and :thumbnailKey::text is not null
  ), pictured as (
    insert into thumbnails (account_id, is_test, publication_id, key, state, ticket, created_at, ring_at, rings)
    select :account::text, :isTest::boolean, :id::text, :thumbnailKey::text, 'processing', :thumbnailTicket::jsonb,
      :at::timestamptz,
      :at::timestamptz + make_interval(secs => :thumbnailPatience::double precision * greatest(1, waiting.pictures / ${mostPicturesAtOnce})), 1
    from ${when}, waiting where :thumbnailKey::text is not null
    on conflict (account_id, is_test, publication_id, key) do update
      set state = 'processing', ticket = excluded.ticket, failure = null, ring_at = excluded.ring_at, rings = 1
      where thumbnails.state = 'failed'
    returning key
  )`

/** Of a statement with these parts: whether the picture was asked for just now, and whether the bell is to be rung at once. */
export const pictureOutcomeSql = `'isAsked', exists (select from pictured),
    'isRung', exists (select from pictured, waiting where waiting.pictures < ${mostPicturesAtOnce})`

export const pictureParameters = (asked: AskedPicture | undefined): Readonly<Record<string, SqlValue>> => ({
  thumbnailKey: asked?.key ?? null,
  thumbnailTicket: asked ? JSON.stringify(asked.ticket) : null,
  thumbnailPatience: asked?.patienceSeconds ?? null,
})
