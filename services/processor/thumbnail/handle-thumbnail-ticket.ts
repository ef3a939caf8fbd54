import { Type } from 'typebox'
import type { Delivery } from '#chassis/queue-reader.ts'
import { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { TicketHandlerOptions } from '../job/handle-process-ticket.ts'
import { tellOfPublication } from '../publication/tell-of-publication.ts'
import { failureWords } from './failure-words.ts'
import { makeThumbnail } from './make-thumbnail.ts'
import { putThumbnail } from './put-thumbnail.ts'

/** What order-api is told: pictures, or why there are none. */
const Told = Type.Pick(ThumbnailResult, ['thumbnail', 'failure'])

/** The way of a thumbnail ticket: pictures in every size and format in the documents buckets, then word of it on the status queue. */
export async function handleThumbnailTicket(
  ticket: ThumbnailTicket,
  options: TicketHandlerOptions,
  delivery: Delivery,
): Promise<void> {
  await tellOfPublication(
    ticket,
    {
      kind: 'thumbnail',
      told: Told,
      make: async (rooms, context) => {
        const made = await makeThumbnail(ticket, rooms, context, delivery)
        return { thumbnail: await putThumbnail(made, ticket.publicationId, context, delivery.signal) }
      },
      refused: ({ findings }) => ({ failure: failureWords(findings) }),
      resultOf: (heading, told) => ({ type: 'thumbnail_result', ...heading, ...told }),
    },
    options,
    delivery,
  )
}
