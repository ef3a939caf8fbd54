import { type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Logger

/**
 * One JSON line per event on stdout: the message is the event's name, the fields say the rest.
 * Never pass personal data, tokens or presigned links as fields; the paths below are only the last net.
 */
export function createLog(service: string, level = 'info'): Log {
  return pino({
    base: { service },
    level,
    messageKey: 'event',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ['authorization', '*.authorization', 'recipient', '*.recipient', 'shipTo', '*.shipTo', 'url', '*.url'],
  })
}
