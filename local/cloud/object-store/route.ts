import { abortUpload } from './operations/abort-upload.ts'
import { createBucket, headBucket, listBuckets } from './operations/bucket-operations.ts'
import type { Operation } from './operations/call.ts'
import { completeUpload } from './operations/complete-upload.ts'
import { copyObject } from './operations/copy-object.ts'
import { createUpload } from './operations/create-upload.ts'
import { deleteObject, deleteObjects } from './operations/delete-objects.ts'
import { getObject } from './operations/get-object.ts'
import { deleteLifecycle, getLifecycle, putLifecycle } from './operations/lifecycle-operations.ts'
import { listObjects } from './operations/list-objects.ts'
import { listParts } from './operations/list-parts.ts'
import { putObject } from './operations/put-object.ts'
import { deleteTagging, getTagging, putTagging } from './operations/tagging.ts'
import { uploadPart, uploadPartCopy } from './operations/upload-part.ts'
import { S3Error } from './protocol/errors.ts'
import type { S3Request } from './protocol/request.ts'

/** Method, what the path names, and the query parameter that turns one operation into another. */
const operations: Readonly<Record<string, Operation>> = {
  'GET service': listBuckets,
  'PUT bucket': createBucket,
  'HEAD bucket': headBucket,
  'GET bucket': listObjects,
  'POST bucket delete': deleteObjects,
  'PUT bucket lifecycle': putLifecycle,
  'GET bucket lifecycle': getLifecycle,
  'DELETE bucket lifecycle': deleteLifecycle,
  'PUT object': putObject,
  'PUT object from another': copyObject,
  'GET object': getObject,
  'HEAD object': getObject,
  'DELETE object': deleteObject,
  'PUT object tagging': putTagging,
  'GET object tagging': getTagging,
  'DELETE object tagging': deleteTagging,
  'POST object uploads': createUpload,
  'PUT object uploadId': uploadPart,
  'PUT object uploadId from another': uploadPartCopy,
  'GET object uploadId': listParts,
  'POST object uploadId': completeUpload,
  'DELETE object uploadId': abortUpload,
}

/** Parameters that go with an operation without choosing it. Any other is a subresource, known or not. */
const plainParameters =
  /^(?:x-id|X-Amz-.*|x-amz-.*|response-.*|list-type|prefix|delimiter|max-keys|start-after|continuation-token|encoding-type|fetch-owner|partNumber|part-number-marker|max-parts)$/

/** Throws S3Error NotImplemented for a subresource that S3 may know and this does not, else MethodNotAllowed. */
export function route(request: S3Request): Operation {
  const target = request.key !== undefined ? 'object' : request.bucket !== undefined ? 'bucket' : 'service'
  const subresource = [...request.query.keys()].find((name) => !plainParameters.test(name))
  const isCopy = request.method === 'PUT' && request.headers.has('x-amz-copy-source')
  const words = [
    request.method,
    target,
    ...(subresource === undefined ? [] : [subresource]),
    ...(isCopy ? ['from another'] : []),
  ]
  const name = words.join(' ')
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (operation && !(request.query.has('partNumber') && subresource === undefined)) return operation
  throw new S3Error(
    subresource === undefined && !request.query.has('partNumber') ? 'MethodNotAllowed' : 'NotImplemented',
  )
}
