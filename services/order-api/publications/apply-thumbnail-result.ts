import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { applyWorkResult, type WorkKeeper } from './apply-work-result.ts'

/** Writes down what became of a thumbnail; a failure is told as an event. May run twice, as `applyWorkResult`. */
export async function applyThumbnailResult(
  keeper: WorkKeeper,
  { publicationId, thumbnail, failure = noWords, ...ticket }: ThumbnailResult,
): Promise<void> {
  await applyWorkResult(
    keeper,
    'thumbnail',
    { publicationId, ...ticket },
    thumbnail ? { doc: JSON.stringify(thumbnail) } : { failure },
    {
      id: makeIdAt(keeper.now)('event'),
      type: 'publication.thumbnail_failed',
      data: { publication_id: publicationId, failure },
    },
  )
}

/** A processor of another version may say less. */
const noWords = 'The file cannot be shown: use another one for the thumbnail.'
