import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import sharp from 'sharp'
import { newId } from '#chassis/ids.ts'
import type { ThumbnailResult } from '#contracts/messages/thumbnail-result.ts'
import type { ThumbnailTicket } from '#contracts/messages/thumbnail-ticket.ts'
import type { PictureEdit } from '#contracts/order-api/publication.ts'
import { keyOfPath } from '#contracts/published/document-paths.ts'
import type { PublishedThumbnail } from '#contracts/published/publication-document.ts'
import type { ProcessorWorld } from './processor-world.ts'

export type FileSpec = { readonly bytes: Uint8Array } | { readonly key: string } | { readonly url: string }

/** Publications in the world of a processor: tickets for their thumbnails, and what lies in the buckets afterwards. */
export function thumbnailsOf(world: ProcessorWorld) {
  const ticketFor = async (file: FileSpec, edit: PictureEdit = {}): Promise<ThumbnailTicket> => {
    const at = new Date()
    const source = 'bytes' in file ? { key: await world.upload(file.bytes) } : file
    return {
      type: 'thumbnail',
      ticketId: newId('tkt', at),
      publicationId: newId('pub', at),
      accountId: `acc_${'0'.repeat(26)}`,
      isTest: true,
      issuedAt: at.toISOString(),
      source: { role: 'image', position: 0, ...source },
      edit,
    }
  }
  const asked = async (file: FileSpec, edit: PictureEdit = {}): Promise<ThumbnailResult> => {
    const ticket = await ticketFor(file, edit)
    await world.send(ticket)
    return await world.thumbnailed(ticket.ticketId)
  }
  const place = (path: string, bucket: string) => ({ Bucket: bucket, Key: keyOfPath(path) })
  const read = async (path: string, bucket = 'documents'): Promise<Buffer> => {
    const { Body } = await world.s3.send(new GetObjectCommand(place(path, bucket)))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }
  return {
    ticketFor,
    asked,
    /** The thumbnail of a file that can be shown. */
    made: async (file: FileSpec, edit: PictureEdit = {}): Promise<PublishedThumbnail> => {
      const { thumbnail, failure } = await asked(file, edit)
      if (!thumbnail) throw new Error(`No thumbnail: ${failure}`)
      return thumbnail
    },
    read,
    head: (path: string, bucket = 'documents') => world.s3.send(new HeadObjectCommand(place(path, bucket))),
    listed: async (bucket: string): Promise<string[]> => {
      const { Contents = [] } = await world.s3.send(new ListObjectsV2Command({ Bucket: bucket }))
      return Contents.map(({ Key = '', ETag }) => `${Key} ${ETag}`)
    },
    /** The largest one of a format, decoded: colours of places given as parts of width and height. */
    shown: async ({ sources }: PublishedThumbnail, ending: string) => {
      const bytes = await read(`${sources.at(-1)?.path}${ending}`)
      const { data, info } = await sharp(bytes).toColourspace('srgb').removeAlpha().raw().toBuffer({
        resolveWithObject: true,
      })
      const at = (across: number, down: number): number[] => {
        const [x, y] = [Math.floor(info.width * across), Math.floor(info.height * down)]
        const from = (y * info.width + x) * info.channels
        return [...data.subarray(from, from + 3)]
      }
      return { data, widthPx: info.width, heightPx: info.height, at }
    },
  }
}
