import type { Delivery } from '#chassis/queue-reader.ts'
import { type ThumbnailTicket, thumbnailWidthsPx } from '#contracts/messages/thumbnail-ticket.ts'
import type { PictureEdit } from '#contracts/order-api/publication.ts'
import type { FetchedSource } from '../fetch/fetch-sources.ts'
import type { Facts } from '../inspect/facts.ts'
import { faultsOf } from '../job/check-files.ts'
import { inspect } from '../job/look-into.ts'
import { Rejected } from '../job/rejected.ts'
import type { Rooms } from '../job/rooms.ts'
import { sniffSources } from '../job/sniff-sources.ts'
import { asJobSource, type SourceContext, withSources } from '../job/with-sources.ts'
import { mostShares, showFarSources } from '../ranges/show-far-sources.ts'
import { type DrawnThumbnail, type SourceFile, ThumbnailAnswer } from '../sandbox/protocol.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { readThumbnail, type ThumbnailFile } from './read-thumbnail.ts'

/** Pictures of one file, read from the converter's folder. */
export type MadeThumbnail = Pick<DrawnThumbnail, 'colour'> & { readonly files: readonly ThumbnailFile[] }

/** A page of text takes a quarter of a second, nine encodings of a picture one. */
const limitMilliseconds = 30_000

/** Fetches the file of a ticket and has it drawn. Throws Rejected for one that cannot be shown, SandboxError. */
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
    const drawn = (await drawnAtOnce(producer, fetched, edit)) ?? (await drawnAfterLook(producer, fetched, edit))
    // What it has drawn can no longer be changed.
    await producer.end()
    return { colour: drawn.colour, files: await readThumbnail(producer.folder, drawn, asked) }
  })
}

const asked = { place: 0, widthsPx: [...thumbnailWidthsPx] }

const white = '#ffffff'

/**
 * A document of which PDFium shows something: to look into all of its pages first would cost several times as much. Undefined for what
 * cannot be shown like that, or shows nothing: it may be damaged, and there may be words for it.
 */
async function drawnAtOnce(
  converter: Sandbox,
  fetched: readonly FetchedSource[],
  edit: PictureEdit,
): Promise<DrawnThumbnail | undefined> {
  const [file] = sniffSources(fetched)
  if (file?.format !== 'pdf') return undefined
  await showFarSources(converter, fetched, mostShares.judge)
  const answer = await draw(converter, file, edit)
  return answer.kind === 'drawn' && answer.colour !== white ? answer : undefined
}

/** Everything else: unpacked, repaired where it is damaged, or refused in words. */
async function drawnAfterLook(
  converter: Sandbox,
  fetched: readonly FetchedSource[],
  edit: PictureEdit,
): Promise<DrawnThumbnail> {
  const { files, facts } = await inspect({ sources: fetched.map(asJobSource) }, converter, {
    mostShare: mostShares.judge,
    mark: (all) => all.slice(0, 1),
  })
  const [[file], [seen]] = [files, facts]
  if (!file || !seen) throw new Error('Nothing was looked into')
  mustBeReadable(file, seen)
  const answer = await draw(converter, file, edit)
  if (answer.kind === 'drawn') return answer
  mustBeReadable(file, answer)
  throw new Error('What cannot be read has its words')
}

async function draw(converter: Sandbox, { file, format, label }: SourceFile, edit: PictureEdit) {
  const request = { task: 'thumbnail', source: { file, format, label }, page: 1, edit, ...asked } as const
  return await converter.ask(request, ThumbnailAnswer, limitMilliseconds)
}

function mustBeReadable({ label }: SourceFile, facts: Facts): void {
  const faults = faultsOf([{ label, facts }])
  if (faults.length > 0) throw new Rejected(faults)
}
