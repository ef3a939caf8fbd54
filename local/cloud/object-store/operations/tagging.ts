import { readText } from '../body/payload.ts'
import { type OpenObject, readAll } from '../disk/open-object.ts'
import { emptyReply, xmlReply } from '../protocol/reply.ts'
import { readTagDocument, type Tags, writeTagDocument } from '../protocol/tag-set.ts'
import { bucketOf, type Call, keyOf, noSuchKey, type Operation } from './call.ts'

/** GetObjectTagging. */
export const getTagging: Operation = async (call) => {
  const object = await openTagged(call)
  await object.close()
  return xmlReply(200, writeTagDocument(object.record.tags))
}

/** PutObjectTagging: replaces all tags; date and ETag of the object stay. */
export const putTagging: Operation = async (call) => {
  await changeTags(call, readTagDocument(await readText(call.payload())))
  return emptyReply(200)
}

/** DeleteObjectTagging. */
export const deleteTagging: Operation = async (call) => {
  await changeTags(call, {})
  return emptyReply(204)
}

/** Tags live in the object's file, so the file is written anew; other bytes that come between win, and this call gets a 412. */
async function changeTags(call: Call, tags: Tags): Promise<void> {
  const object = await openTagged(call)
  const { record } = object
  try {
    const condition = { kind: 'matches', etag: record.etag } as const
    await bucketOf(call).store(readAll(object), () => ({ ...record, tags }), condition)
  } finally {
    await object.close()
  }
}

async function openTagged(call: Call): Promise<OpenObject> {
  const key = keyOf(call)
  const object = await bucketOf(call).openObject(key)
  if (!object) throw noSuchKey(key)
  return object
}
