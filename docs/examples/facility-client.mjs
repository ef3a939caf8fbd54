// A facility without the print client: takes jobs, prints each once, says so. Needs @aws-sdk/client-s3 and @aws-sdk/client-sqs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const { QUEUE_URL: QueueUrl, STATUS_QUEUE_URL, PRINT_FILES_BUCKET: Bucket, CLIENT_ID: clientId, JOBS } = process.env
const [s3, sqs] = [new S3Client(), new SQSClient()]
const sumOf = (bytes) => createHash('sha256').update(bytes).digest('hex')
const read = async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body.transformToByteArray()

async function take(ticket) {
  const [folder, stopped] = [`${JOBS}/${ticket.jobId}`, `${JOBS}/${ticket.jobId}.cancelled`]
  if (!(await claim(ticket))) return // another client has it, or the platform took it back
  if (ticket.type === 'cancel' && !existsSync(folder)) writeFileSync(stopped, '', { flush: true })
  if (existsSync(stopped)) return say(ticket, 'cancelled', ticket.ticketId)
  if (ticket.type === 'cancel') return say(ticket, 'cancel_declined', ticket.ticketId)
  if (!existsSync(folder)) await fetchJob(ticket, folder, `${folder}.part`)
  await say(ticket, 'accepted', ticket.jobId) // under one id, however often it is said
}
async function claim({ facilityId, jobId, orderId, itemId }) {
  const Key = `claims/${facilityId}/${jobId}`
  const Body = JSON.stringify({ clientId, nonce: clientId, claimedAt: new Date().toISOString(), orderId, itemId })
  const put = s3.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*' }))
  const answer = await put.catch((error) => (error.$metadata?.httpStatusCode === 412 ? 'taken' : Promise.reject(error)))
  return answer !== 'taken' || JSON.parse(Buffer.from(await read(Key))).clientId === clientId
}
async function fetchJob(ticket, folder, part) {
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  for (const { key, component, sizeBytes, sha256 } of ticket.files) {
    const bytes = await read(key)
    if (bytes.length !== sizeBytes || (sha256 && sumOf(bytes) !== sha256)) throw new Error(`${key} is spoilt`)
    writeFileSync(`${part}/${component}.pdf`, bytes, { flush: true })
  }
  writeFileSync(`${part}/ticket.json`, JSON.stringify(ticket), { flush: true })
  renameSync(part, folder) // whole, or not there; it stays, as the memory of what was printed
}
async function say({ facilityId, jobId, orderId, itemId }, status, id) {
  const about = { type: 'facility_status', statusId: id.replace(/^[a-z]+/, 'sts'), facilityId, jobId, orderId, itemId }
  const MessageBody = JSON.stringify({ ...about, status, at: new Date().toISOString() })
  await sqs.send(new SendMessageCommand({ QueueUrl: STATUS_QUEUE_URL, MessageBody }))
}
for (;;) {
  const wish = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, VisibilityTimeout: 600 })
  const { Messages = [] } = await sqs.send(wish)
  for (const { Body, ReceiptHandle } of Messages) {
    const done = take(JSON.parse(Body)).then(() => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })))
    await done.catch((error) => process.stderr.write(`The message comes again: ${error}\n`))
  }
}
