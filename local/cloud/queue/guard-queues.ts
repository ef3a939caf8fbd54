import type { buildApp } from 'fauxqs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { accessKeyOf } from '../access-keys/access-key-of.ts'
import { mayUseQueue } from '../access-keys/facility-rights.ts'
import type { IssuedKeys } from '../access-keys/issued-keys.ts'

const named = Type.Object({ QueueUrl: Type.String() })

/** Refuses what IAM would: a facility's key that was taken away, and what is not that facility's. Signatures are not checked. */
export function guardQueues(app: ReturnType<typeof buildApp>, keys: IssuedKeys): void {
  app.addHook('preHandler', async ({ raw, body }, reply) => {
    const accessKeyId = accessKeyOf(raw.headers.authorization)
    if (!keys.isIssued(accessKeyId)) return
    const key = keys.find(accessKeyId)
    const action = (raw.headers['x-amz-target']?.toString() ?? '').replace('AmazonSQS.', '')
    const queueName = Value.Check(named, body) ? (body.QueueUrl.split('/').at(-1) ?? '') : ''
    if (key && mayUseQueue(key.facilityId, action, queueName)) return
    const [code, words] = key
      ? ['AccessDeniedException', `${key.facilityId} may not ${action} ${queueName}`]
      : ['InvalidClientTokenId', 'The security token included in the request is invalid.']
    return reply
      .status(403)
      .header('content-type', 'application/x-amz-json-1.0')
      .send({ __type: `com.amazonaws.sqs#${code}`, message: words })
  })
}
