import { emptyReply, xmlReply } from '../protocol/reply.ts'
import { document, element, text } from '../protocol/write-xml.ts'
import { bucketOf, type Operation } from './call.ts'

/** ListBuckets. */
export const listBuckets: Operation = async (call) => {
  const buckets = call.buckets
    .all()
    .map(({ name, settings }) => element('Bucket', [text('Name', name), text('CreationDate', settings.createdAt)]))
  const owner = element('Owner', [text('ID', 'local'), text('DisplayName', 'local')])
  return xmlReply(200, document('ListAllMyBucketsResult', [owner, element('Buckets', buckets)]))
}

/** CreateBucket; the region in the body means nothing here. */
export const createBucket: Operation = async (call) => {
  const { name } = await call.buckets.create(call.request.bucket ?? '', call.now())
  return emptyReply(200, { location: `/${name}` })
}

/** HeadBucket. */
export const headBucket: Operation = async (call) => {
  bucketOf(call)
  return emptyReply(200)
}
