import { readText } from '../body/payload.ts'
import { S3Error } from '../protocol/errors.ts'
import { readLifecycleDocument, writeLifecycleDocument } from '../protocol/lifecycle-document.ts'
import { emptyReply, xmlReply } from '../protocol/reply.ts'
import { bucketOf, type Operation } from './call.ts'

/** PutBucketLifecycleConfiguration: replaces all rules. */
export const putLifecycle: Operation = async (call) => {
  const bucket = bucketOf(call)
  await bucket.changeSettings({ lifecycle: readLifecycleDocument(await readText(call.payload())) })
  return emptyReply(200)
}

/** GetBucketLifecycleConfiguration. */
export const getLifecycle: Operation = async (call) => {
  const { lifecycle } = bucketOf(call).settings
  if (lifecycle.length === 0) throw new S3Error('NoSuchLifecycleConfiguration')
  return xmlReply(200, writeLifecycleDocument(lifecycle))
}

/** DeleteBucketLifecycle. */
export const deleteLifecycle: Operation = async (call) => {
  await bucketOf(call).changeSettings({ lifecycle: [] })
  return emptyReply(204)
}
