import { setTimeout as wait } from 'node:timers/promises'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { hear } from '../facility/hear.ts'
import type { World } from '../facility/install.ts'

export async function sendTo({ sqs }: World, url: string, tickets: readonly ProductionTicket[]): Promise<void> {
  for (const ticket of tickets) {
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify(ticket) }))
  }
}

/** The last word about each job on a status queue, once there is one of each or the time is over. */
export async function heardOf(
  world: World,
  url: string,
  tickets: readonly ProductionTicket[],
  withinSeconds: number,
): Promise<ReadonlyMap<string, string>> {
  const heard = new Map<string, string>()
  const end = performance.now() + withinSeconds * 1_000
  while (performance.now() < end && !tickets.every(({ jobId }) => heard.has(jobId))) {
    for (const message of await hear(world.sqs, url)) {
      // Heartbeats are of no job.
      if (message.type === 'facility_status') heard.set(message.jobId, message.status)
    }
    await wait(5)
  }
  return heard
}
