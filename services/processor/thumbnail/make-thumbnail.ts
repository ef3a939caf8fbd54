import type { Delivery } from '#chassis/queue-reader.ts'
import { type ThumbnailTicket, thumbnailWidthsPx } from '#contracts/messages/thumbnail-ticket.ts'
import type { Facts } from '../inspect/facts.ts'
import { faultsOf } from '../job/check-files.ts'
import { inspect } from '../job/look-into.ts'
import { Rejected } from '../job/rejected.ts'
import type { Rooms } from '../job/rooms.ts'
import { asJobSource, type SourceContext, withSources } from '../job/with-sources.ts'
import { mostShares } from '../ranges/show-far-sources.ts'
import { type DrawnThumbnail, ThumbnailAnswer } from '../sandbox/protocol.ts'
import { readThumbnail, type ThumbnailFile } from './read-thumbnail.ts'

/** Pictures of one file, read from the converter's folder. */
export type MadeThumbnail = Pick<DrawnThumbnail, 'colour'> & { readonly files: readonly ThumbnailFile[] }

/** A page of text takes a quarter of a second, nine encodings of a picture one. */
const limitMilliseconds = 30_000

/** Fetches the file of a ticket, looks into it and has it drawn. Throws Rejected for one that cannot be shown, SandboxError. */
export async function makeThumbnail(
  { source, edit }: ThumbnailTicket,
  rooms: Rooms,
  context: SourceContext,
  delivery: Pick<Delivery, 'receiveCount' | 'signal'>,
): Promise<MadeThumbnail> {
  // An archive stands for its first picture, whatever it was sent as.
  const sources = [{ ...source, role: 'images' as const, position: 0 }]
  return await withSources(sources, rooms, context, delivery, async (fetched) => {
    const { producer } = rooms
    const { files, facts } = await inspect({ sources: fetched.map(asJobSource) }, producer, {
      mostShare: mostShares.judge,
      mark: (all) => all.slice(0, 1),
    })
    const [[first], [seen]] = [files, facts]
    if (!first || !seen) throw new Error('Nothing was looked into')
    const { file, format, label } = first
    mustBeReadable(label, seen)
    const request = { task: 'thumbnail', source: { file, format, label }, edit } as const
    const widthsPx = [...thumbnailWidthsPx]
    const answer = await producer.ask({ ...request, widthsPx }, ThumbnailAnswer, limitMilliseconds)
    if (answer.kind === 'unreadable') throw new Rejected(faultsOf([{ label, facts: answer }]))
    // What it has drawn can no longer be changed.
    await producer.end()
    return { colour: answer.colour, files: await readThumbnail(producer.folder, answer) }
  })
}

function mustBeReadable(label: string, facts: Facts): void {
  const faults = faultsOf([{ label, facts }])
  if (faults.length > 0) throw new Rejected(faults)
}
