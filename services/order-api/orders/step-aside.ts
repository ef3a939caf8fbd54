import { setTimeout as pause } from 'node:timers/promises'

/** Changes of one order rarely meet; as many meetings in a row mean that something is wrong. */
export const mostTries = 25
const pauseMilliseconds = 10

/** Those who meet wait for a moment at random, longer each time: all at once again, most would only meet again. */
export async function stepAside(attempt: number): Promise<void> {
  await pause(Math.random() * attempt * pauseMilliseconds)
}
