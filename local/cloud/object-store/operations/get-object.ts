import type { ObjectRecord } from '../disk/object-record.ts'
import type { OpenObject } from '../disk/open-object.ts'
import { decideRead } from '../protocol/conditional.ts'
import { S3Error } from '../protocol/errors.ts'
import { describeChecksum, describeObject } from '../protocol/object-headers.ts'
import { type ByteRange, readRange } from '../protocol/range.ts'
import { emptyReply, type Reply } from '../protocol/reply.ts'
import { bucketOf, type Call, keyOf, noSuchKey, type Operation } from './call.ts'

/** GetObject and HeadObject: whole or a range, on conditions, with `response-*` overrides. */
export const getObject: Operation = async (call) => {
  const key = keyOf(call)
  const object = await bucketOf(call).openObject(key)
  if (!object) throw noSuchKey(key)
  try {
    const reply = answer(call, object)
    // A streamed body closes the object by itself.
    if (!isStream(reply.body)) await object.close()
    return reply
  } catch (error) {
    await object.close()
    throw error
  }
}

function answer(call: Call, object: OpenObject): Reply {
  const { request } = call
  const { record } = object
  if (decideRead(request, record) === 'not-modified') return emptyReply(304, notModifiedHeaders(record))
  const range = readRange(request.headers.get('range'), record.sizeBytes)
  const headers = { ...describeObject(record), ...overrides(call), ...checksumIfAsked(call, record, range) }
  const { start, end } = range ?? { start: 0, end: record.sizeBytes }
  headers['content-length'] = String(end - start)
  if (range) headers['content-range'] = `bytes ${start}-${end - 1}/${record.sizeBytes}`
  return { status: range ? 206 : 200, headers, body: request.method === 'HEAD' ? '' : bodyOf(object, start, end) }
}

function bodyOf(object: OpenObject, start: number, end: number): Reply['body'] {
  if (object.body) return object.body.subarray(start, end)
  return start === end ? '' : object.read(start, end)
}

function isStream(body: Reply['body']): boolean {
  return typeof body === 'object' && 'destroy' in body
}

function notModifiedHeaders(record: ObjectRecord): Record<string, string> {
  const { 'content-type': _, ...headers } = describeObject(record)
  return headers
}

/** `response-content-type` and its kin let a presigned link choose, for instance, the name a browser saves under. */
function overrides(call: Call): Record<string, string> {
  const names = [
    'content-type',
    'content-language',
    'expires',
    'cache-control',
    'content-disposition',
    'content-encoding',
  ]
  const chosen: Record<string, string> = {}
  for (const name of names) {
    const value = call.request.query.get(`response-${name}`)
    if (value === undefined) continue
    if (!/^[\t\x20-\x7e]*$/.test(value))
      throw new S3Error('InvalidArgument', { message: `response-${name} is not a header value` })
    chosen[name] = value
  }
  return chosen
}

/** The checksum is that of the whole object, so a range goes without it. */
function checksumIfAsked(call: Call, record: ObjectRecord, range: ByteRange | undefined): Record<string, string> {
  const isAsked = call.request.headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED'
  return isAsked && !range ? describeChecksum(record.checksum) : {}
}
