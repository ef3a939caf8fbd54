import { readText } from '../body/payload.ts'
import { checkWriteCondition, readWriteCondition } from '../protocol/conditional.ts'
import { S3Error } from '../protocol/errors.ts'
import { childText, readXml } from '../protocol/read-xml.ts'
import { emptyReply, xmlReply } from '../protocol/reply.ts'
import { document, element, text } from '../protocol/write-xml.ts'
import { bucketOf, keyOf, type Operation } from './call.ts'

/** DeleteObject; what is not there is deleted too. With If-Match only that very object goes. */
export const deleteObject: Operation = async (call) => {
  const condition = readWriteCondition(call.request)
  await bucketOf(call).remove(keyOf(call), (summary) => {
    checkWriteCondition(condition, summary?.etag)
    return true
  })
  return emptyReply(204)
}

/** DeleteObjects: up to 1,000 keys. */
export const deleteObjects: Operation = async (call) => {
  const bucket = bucketOf(call)
  const root = readXml(await readText(call.payload()))
  const keys = root.children.filter(({ name }) => name === 'Object').map((object) => childText(object, 'Key') ?? '')
  if (root.name !== 'Delete' || keys.length === 0 || keys.length > 1000 || keys.includes(''))
    throw new S3Error('MalformedXML')
  for (const key of keys) await bucket.remove(key, () => true)
  const isQuiet = childText(root, 'Quiet') === 'true'
  return xmlReply(
    200,
    document('DeleteResult', isQuiet ? [] : keys.map((key) => element('Deleted', [text('Key', key)]))),
  )
}
