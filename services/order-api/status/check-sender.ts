import type { Log } from '#chassis/log.ts'
import type { Delivery } from '#chassis/queue-reader.ts'
import type { SenderStanding, Senders } from './senders.ts'

type Handle = (body: unknown) => Promise<void>

/** What facilities say; all else on the status queue comes from processors. */
const facilityWords: readonly unknown[] = ['facility_status', 'facility_heartbeat']

/**
 * Hands on what its sender may say. Any facility may write to the status queue, so the body is not asked who speaks: a word for another
 * facility, for another client of one's own, or for the processors, is not applied and acknowledged, as it would only come back. The log says so, and an alarm looks there.
 */
export const checkSender =
  (senders: Senders, log: Log, handle: Handle) =>
  async (body: unknown, { senderId, messageId }: Pick<Delivery, 'senderId' | 'messageId'>): Promise<void> => {
    const standing = await senders.standingOf(senderId)
    const said = fieldsOf(body)
    if (maySay(standing, said)) return handle(body)
    const own = ownOf(standing)
    log.error({ ...said, ...own, senderId, standing: standing.kind, messageId }, 'facility_impersonated')
  }

const ownOf = (standing: SenderStanding) =>
  standing.kind === 'facility' ? { senderFacilityId: standing.facilityId, senderClientId: standing.clientId } : {}

type Said = {
  readonly type?: unknown
  readonly facilityId?: unknown
  /** Of a heartbeat: one client could hide that another is away, or have its keys taken. */
  readonly clientId?: unknown
  readonly jobId?: unknown
}

function maySay(standing: SenderStanding, { type, facilityId, clientId }: Said): boolean {
  const isWordOfFacility = facilityWords.includes(type)
  switch (standing.kind) {
    case 'everyone':
      return true
    case 'facility':
      return (
        isWordOfFacility &&
        facilityId === standing.facilityId &&
        (type !== 'facility_heartbeat' || clientId === standing.clientId)
      )
    case 'stranger':
      return !isWordOfFacility
    case 'nobody':
      return false
    default: {
      const never: never = standing
      return never
    }
  }
}

/** For the rule and the log: ids alone, cut short, whatever was sent. */
function fieldsOf(body: unknown): Said {
  if (typeof body !== 'object' || body === null) return {}
  const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 80) : undefined)
  return {
    type: 'type' in body ? text(body.type) : undefined,
    facilityId: 'facilityId' in body ? text(body.facilityId) : undefined,
    clientId: 'clientId' in body ? text(body.clientId) : undefined,
    jobId: 'jobId' in body ? text(body.jobId) : undefined,
  }
}
