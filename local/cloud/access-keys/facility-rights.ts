/** What the keys of a facility may do, here as in the cloud: read its files, claim its jobs, read its queue, tell its statuses. */
export function mayUseObject(facilityId: string, method: string, key: string | undefined): boolean {
  if (key === undefined) return false
  const isOf = (prefix: string): boolean => key.startsWith(`${prefix}/${facilityId}/`)
  if (method === 'GET' || method === 'HEAD') return isOf('facilities') || isOf('claims')
  return method === 'PUT' && isOf('claims')
}

const ofReaders = ['ReceiveMessage', 'DeleteMessage', 'DeleteMessageBatch', 'ChangeMessageVisibility', 'GetQueueUrl']
const ofSenders = ['SendMessage', 'SendMessageBatch']

/** `queueName`: the queue's own name, without its address. */
export function mayUseQueue(facilityId: string, action: string, queueName: string): boolean {
  if (ofReaders.includes(action)) return queueName === `facility-${facilityId}` || queueName === facilityId
  return ofSenders.includes(action) && queueName === 'status'
}
