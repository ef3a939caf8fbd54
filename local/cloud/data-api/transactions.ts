import { randomBytes } from 'node:crypto'
import type { Clock } from '#chassis/clock.ts'
import type { Limits } from './limits.ts'
import { ServiceError } from './service-error.ts'
import type { Outcome, Sessions } from './sessions.ts'

type Transaction = { readonly sessions: Sessions; readonly beganAt: number; usedAt: number; isBusy: boolean }

export type Transactions = {
  readonly begin: () => Promise<string>
  /** Runs `work` on the transaction's own connection; one call at a time. Throws TransactionNotFoundException. */
  readonly use: <T>(id: string, work: (sessions: Sessions) => Promise<T>) => Promise<T>
  readonly end: (id: string, how: 'commit' | 'rollback') => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Transactions that live from call to call, each on a connection of its own: when that is lost, so is the transaction.
 * One that nobody uses for 3 minutes, or that is 24 hours old, is rolled back (checked at each use and every second).
 */
export function createTransactions(options: {
  readonly open: (onLost: () => void) => Sessions
  readonly limits: Limits
  readonly clock: Clock
}): Transactions {
  const { open, limits, clock } = options
  const transactions = new Map<string, Transaction>()

  async function forget(id: string, graceSeconds = 0): Promise<void> {
    const transaction = transactions.get(id)
    transactions.delete(id)
    await transaction?.sessions.close(graceSeconds)
  }

  async function expire(): Promise<void> {
    const now = clock.now().getTime()
    for (const [id, { isBusy, usedAt, beganAt }] of transactions) {
      const isIdle = !isBusy && now - usedAt > limits.transactionIdleMilliseconds
      if (isIdle || now - beganAt > limits.transactionMilliseconds) await forget(id)
    }
  }

  async function use<T>(id: string, work: (sessions: Sessions) => Promise<T>): Promise<T> {
    await expire()
    const transaction = transactions.get(id)
    if (!transaction) throw new ServiceError('TransactionNotFoundException', `Transaction ${id} is not found`)
    if (transaction.isBusy) throw new ServiceError('DatabaseErrorException', 'Transaction is still running a query')
    transaction.isBusy = true
    try {
      return await work(transaction.sessions)
    } catch (error) {
      // What ends a call without an error of PostgreSQL leaves nothing to go on with.
      if (error instanceof ServiceError && error.name === 'UnsupportedResultException') await forget(id)
      throw error
    } finally {
      transaction.isBusy = false
      transaction.usedAt = clock.now().getTime()
    }
  }

  const sweep = setInterval(() => void expire(), 1000).unref()
  return {
    use,
    begin: async () => {
      const id = randomBytes(96).toString('base64')
      const sessions = open(() => transactions.delete(id))
      try {
        await sessions.run('begin')
      } catch (error) {
        await sessions.close(0)
        throw error
      }
      const now = clock.now().getTime()
      transactions.set(id, { sessions, beganAt: now, usedAt: now, isBusy: false })
      return id
    },
    end: async (id, how) => {
      try {
        const { command } = await use<Outcome>(id, (sessions) => sessions.run(how))
        // PostgreSQL answers the commit of a failed transaction with a rollback, and no error.
        if (command.toLowerCase() !== how)
          throw new ServiceError(
            'DatabaseErrorException',
            'ERROR: current transaction is aborted, commands ignored until end of transaction block; SQLState: 25P02',
          )
      } finally {
        await forget(id, 1)
      }
    },
    close: async () => {
      clearInterval(sweep)
      await Promise.all([...transactions.keys()].map((id) => forget(id)))
    },
  }
}
