import { endUpload, readUpload } from '../disk/uploads.ts'
import { emptyReply } from '../protocol/reply.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'

/** AbortMultipartUpload: the parts are gone with it. */
export const abortUpload: Operation = async (call) => {
  const bucket = bucketOf(call)
  const uploadId = call.request.query.get('uploadId') ?? ''
  await readUpload(bucket, uploadId, keyOf(call))
  await bucket.inTurn(uploadId, () => endUpload(bucket, uploadId))
  return emptyReply(204)
}
