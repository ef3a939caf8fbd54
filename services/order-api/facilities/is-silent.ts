import { silentAfterSeconds } from '#contracts/messages/facility-heartbeat.ts'

/** Whether a facility was there and has gone quiet. One that never spoke is not silent: it has no print client yet, or an old one. */
export const isSilent = (lastHeardAt: string | null, now: Date): boolean =>
  lastHeardAt !== null && Date.parse(lastHeardAt) <= now.getTime() - silentAfterSeconds * 1000
