import type { SqlValue } from '#chassis/database.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { PublicationFields } from '#contracts/order-api/publication.ts'
import type { MakeId } from '../orders/make-id.ts'
import type { Owner } from '../store/order-store.ts'
import { pictureOf, thumbnailKeyOf } from './picture.ts'
import { thumbnailTicketOf } from './thumbnail-ticket.ts'

/** A picture that a version wants, and the ticket that asks for it where nobody has asked yet. */
export type AskedPicture = { readonly key: string; readonly ticket: ThumbnailTicket; readonly ringAt: Date }

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
    ringAt: new Date(now.getTime() + patienceSeconds * 1000),
  }
}

/**
 * Part of a statement named `pictured`: asks for the picture when the part named `when` has a row, and nobody asked before or it could not
 * be made. It reads `account`, `isTest`, `id`, `at` and the parameters of `pictureParameters`.
 */
export const pictureSql = (when: string): string => `pictured as (
    insert into thumbnails (account_id, is_test, publication_id, key, state, ticket, created_at, ring_at, rings)
    select :account::text, :isTest::boolean, :id::text, :thumbnailKey::text, 'processing', :thumbnailTicket::jsonb,
      :at::timestamptz, :thumbnailRingAt::timestamptz, 1
    from ${when} where :thumbnailKey::text is not null
    on conflict (account_id, is_test, publication_id, key) do update
      set state = 'processing', ticket = excluded.ticket, failure = null, ring_at = excluded.ring_at, rings = 1
      where thumbnails.state = 'failed'
    returning key
  )`

export const pictureParameters = (asked: AskedPicture | undefined): Readonly<Record<string, SqlValue>> => ({
  thumbnailKey: asked?.key ?? null,
  thumbnailTicket: asked ? JSON.stringify(asked.ticket) : null,
  thumbnailRingAt: asked?.ringAt.toISOString() ?? null,
})
