import { join } from 'node:path'
import type { JobPreview } from '#contracts/messages/job-ticket.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { fetchPicture, type PictureDependencies } from '../fetch/fetch-picture.ts'
import { onFolders } from '../folder-fault.ts'
import { writeDurably } from '../journal/durable.ts'

const endings = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const

/**
 * Brings the picture of the first page into `folder`. Undefined where there is none, and where it is not to be had now: a job never waits
 * for its picture. Throws FolderFault when the disk refuses.
 */
export async function fetchPreview(
  dependencies: PictureDependencies,
  { jobId, preview }: ProductionTicket,
  folder: string,
): Promise<JobPreview | undefined> {
  if (preview === undefined) return undefined
  const { component, page, contentType, widthPx, heightPx } = preview
  const file = `preview.${endings[contentType]}`
  try {
    const bytes = await fetchPicture(dependencies, jobId, preview)
    await onFolders('staging', () => writeDurably(join(folder, file), bytes))
  } catch (error) {
    if (error instanceof Error && error.name === 'FolderFault') throw error
    dependencies.log.warn({ err: error, jobId }, 'preview_not_fetched')
    return undefined
  }
  return { file, contentType, component, page, widthPx, heightPx }
}
