import { readWriteCondition } from '../protocol/conditional.ts'
import { describeChecksum, readDescription } from '../protocol/object-headers.ts'
import { emptyReply } from '../protocol/reply.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'
import { makeRecord } from './make-record.ts'

/** PutObject, unconditional or on If-None-Match: * and If-Match. */
export const putObject: Operation = async (call) => {
  const bucket = bucketOf(call)
  const key = keyOf(call)
  const described = readDescription(call.request)
  const condition = readWriteCondition(call.request)
  const payload = call.payload()
  const record = await bucket.store(
    payload.bytes(),
    (sizeBytes) => makeRecord({ ...described, key, sizeBytes }, payload.digests(), call.now()),
    condition,
  )
  return emptyReply(200, { etag: `"${record.etag}"`, ...describeChecksum(record.checksum) })
}
