import { ServiceError } from './service-error.ts'

/** The database is away or going away: nothing is wrong with the statement. */
const unavailable = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now: starting up or recovering
])

/** Words an error of the driver as Aurora does; what is neither PostgreSQL's nor the network's is a bug of ours and stays as it is. */
export function databaseError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  const cause = { cause: error }
  if (unavailable.has(String(error.code)))
    return new ServiceError('DatabaseUnavailableException', "The DB instance isn't available.", cause)
  if (error.code === '57014') return new ServiceError('StatementTimeoutException', 'Request timed out', cause)
  if ('severity' in error) return new ServiceError('DatabaseErrorException', wording(error), cause)
  return error
}

/** "ERROR: …; Hint: …; Position: 15; SQLState: 42P01", without the detail, which would show values of other rows. */
function wording(error: Error): string {
  const part = (label: string, name: string) => {
    const value: unknown = Reflect.get(error, name)
    return typeof value === 'string' ? `; ${label}: ${value}` : ''
  }
  const severity: unknown = Reflect.get(error, 'severity')
  return `${severity}: ${error.message}${part('Hint', 'hint')}${part('Position', 'position')}${part('SQLState', 'code')}`
}
