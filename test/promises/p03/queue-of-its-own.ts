import { setTimeout as wait } from 'node:timers/promises'
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { FacilityStatus } from '#contracts/messages/facility-status.ts'
import type { ProductionTicket } from '#contracts/messages/production-ticket.ts'
import { issuesOf, parse } from '#contracts/parse.ts'
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
    for (const { jobId, status } of await take(world, url)) heard.set(jobId, status)
    await wait(5)
  }
  return heard
}

async function take({ sqs }: World, url: string): Promise<readonly FacilityStatus[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }))
  if (Messages.length === 0) return []
  const Entries = Messages.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }))
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }))
  // Heartbeats come on the same queue and are of no job.
  const bodies: readonly unknown[] = Messages.map(({ Body = '' }) => JSON.parse(Body))
  return bodies
    .filter((body) => issuesOf(FacilityStatus, body).length === 0)
    .map((body) => parse('status', FacilityStatus, body))
}
