import { jpeg } from '../fixtures/processor/pictures.ts'
import type { ProcessorWorld } from '../loopback/processor-world.ts'

/** A sound photo for a poster. */
export const healthyPhoto = (): Promise<Buffer> => jpeg({ widthPx: 1300, heightPx: 1840 })

/** Sends one order of a poster of the photo; gives its ticket. */
export async function sendHealthy(world: ProcessorWorld, photo: Buffer): Promise<string> {
  const ticket = await world.ticket('poster-a3', [{ role: 'image', bytes: photo }])
  await world.send(ticket)
  return ticket.ticketId
}
