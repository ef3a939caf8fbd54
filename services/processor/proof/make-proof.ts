import type { Delivery } from '#chassis/queue-reader.ts'
import type { ContentKind } from '#contracts/catalogue/role-of-content.ts'
import type { Proof } from '#contracts/messages/proof-result.ts'
import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import type { ProofPage } from '#contracts/published/proof-document.ts'
import { checkedFileOf } from '../job/checked-file.ts'
import type { TicketHandlerOptions } from '../job/handle-process-ticket.ts'
import { inspect } from '../job/look-into.ts'
import type { Rooms } from '../job/rooms.ts'
import { sniffSources } from '../job/sniff-sources.ts'
import type { RoledFile } from '../job/unpack-archives.ts'
import { asJobSource, withSources } from '../job/with-sources.ts'
import { mostShares } from '../ranges/show-far-sources.ts'
import type { SourceFile } from '../sandbox/protocol.ts'
import { putThumbnail } from '../thumbnail/put-thumbnail.ts'
import { type Content, type DrawnPage, drawPages, readPage, widthsOf } from './draw-pages.ts'
import { judgeOffers } from './judge-offers.ts'
import { withinBytes } from './within-bytes.ts'

type Turn = Pick<Delivery, 'receiveCount' | 'signal'>

/**
 * Fetches the file once, looks into it once, and says of every offer what becomes of it; pictures of its pages go where visitors read them.
 * Throws Rejected for a file that cannot be had or is of no known format, SandboxError.
 */
export async function makeProof(
  ticket: ProofTicket,
  rooms: Rooms,
  context: TicketHandlerOptions,
  turn: Turn,
): Promise<Proof> {
  // An archive is unpacked as a list of pictures; which role it has is said offer by offer.
  const sources = [{ ...ticket.source, role: 'images' as const, position: 0 }]
  return await withSources(sources, rooms, context, turn, async (fetched) => {
    const { producer } = rooms
    const kind = kindOf(sniffSources(fetched))
    const { files, facts } = await inspect({ sources: fetched.map(asJobSource) }, producer, {
      mostShare: mostShares.judge,
    })
    const content: Content = { kind, files, facts }
    const fits = await judgeOffers(ticket, content)
    const drawn = await drawPages(producer, content, context.log)
    // What it has drawn can no longer be changed.
    await producer.end()
    const shown = await putPages(drawn, content, producer.folder, { ...context, ...ticket, ...turn })
    return withinBytes({ object: 'proof', ...sizeOf(content, files), shown, fits })
  })
}

function kindOf([file]: readonly SourceFile[]): ContentKind {
  if (file?.format === 'pdf') return 'document'
  return file?.format === 'zip' ? 'pictures' : 'picture'
}

type Putting = Pick<TicketHandlerOptions, 'documents' | 'log'> &
  Pick<ProofTicket, 'publicationId'> &
  Pick<Turn, 'signal'>

/** One page after the other: memory does not grow with them. */
async function putPages(
  drawn: readonly DrawnPage[],
  content: Content,
  folder: string,
  { publicationId, signal, ...context }: Putting,
): Promise<ProofPage[]> {
  const shown: ProofPage[] = []
  for (const page of drawn) {
    const files = await readPage(folder, page, widthsOf(content))
    const picture = await putThumbnail({ files, colour: page.drawn.colour }, publicationId, context, signal)
    shown.push({ page: page.shownAs, picture })
  }
  return shown
}

/** How many pages, of which size; of a lone picture its pixels. */
function sizeOf({ kind, facts }: Content, files: readonly RoledFile[]) {
  const [first] = files
  if (kind === 'pictures') return { kind: 'document' as const, pages: files.length }
  const { pages, pageWidthMm, pageHeightMm, widthPx, heightPx } = first ? checkedFileOf(first, facts[0]) : {}
  if (kind === 'picture') {
    return { kind, ...(widthPx && heightPx ? { width_px: widthPx, height_px: heightPx } : {}) }
  }
  return {
    kind,
    ...(pages ? { pages } : {}),
    ...(pageWidthMm && pageHeightMm ? { page_width_mm: pageWidthMm, page_height_mm: pageHeightMm } : {}),
  }
}
