import { bindParameters } from './bind-parameters.ts'
import type { Limits } from './limits.ts'
import { type NamedStatement, readNamedStatement } from './named-statement.ts'
import { type ExecuteRequest, requests } from './requests.ts'
import { createResultTypes } from './result-types.ts'
import { ServiceError } from './service-error.ts'
import type { Outcome, Sessions } from './sessions.ts'
import type { Transactions } from './transactions.ts'
import { writeResult } from './write-result.ts'

/** A parsed body in, an answer's body out; throws ServiceError. */
export type Operation = (body: unknown) => Promise<object>

/** Statements whose effect would stay behind in the session, which the next call does not get, or that speak another protocol. */
const sessionVerbs = new Set(['set', 'reset', 'discard', 'listen', 'unlisten', 'prepare', 'deallocate', 'declare'])
const refusedVerbs = new Set(['begin', 'start', 'commit', 'end', 'abort', 'rollback', 'copy'])

/** The five operations by their path. */
export function createOperations(options: {
  readonly pool: Sessions
  /** A single connection without a time limit for its statements. */
  readonly openUnlimited: () => Sessions
  readonly transactions: Transactions
  readonly limits: Limits
}): Readonly<Record<string, Operation>> {
  const { pool, openUnlimited, transactions, limits } = options
  const typesOf = createResultTypes(pool)
  const read = cached(readNamedStatement)

  async function execute(body: unknown): Promise<object> {
    const request = requests.execute(body)
    const statement = permitted(read(request.sql), request.transactionId)
    const bound = bindParameters(statement.names, request.parameters ?? [])
    const finish = async (outcome: Outcome) =>
      writeResult(outcome, await typesOf(outcome.columns.map(({ type }) => type)), request, limits)
    const run = (sessions: Sessions) => sessions.run(statement.text, bound).then(finish)
    if (request.transactionId !== undefined) return transactions.use(request.transactionId, run)
    return request.continueAfterTimeout ? runOn(openUnlimited(), run, limits) : run(pool)
  }

  async function batchExecute(body: unknown): Promise<object> {
    const request = requests.batchExecute(body)
    const statement = permitted(read(request.sql), request.transactionId)
    const sets = (request.parameterSets ?? []).map((parameters) => bindParameters(statement.names, parameters))
    // All or nothing, also outside the caller's transaction.
    const id = request.transactionId ?? (await transactions.begin())
    try {
      for (const bound of sets) await transactions.use(id, (sessions) => sessions.run(statement.text, bound))
    } catch (error) {
      // Where the rollback fails too, the connection is gone, and the transaction with it.
      if (request.transactionId === undefined) await transactions.end(id, 'rollback').catch(() => undefined)
      throw error
    }
    if (request.transactionId === undefined) await transactions.end(id, 'commit')
    return { updateResults: sets.map(() => ({ generatedFields: [] })) }
  }

  return {
    '/Execute': execute,
    '/BatchExecute': batchExecute,
    '/BeginTransaction': async (body) => {
      requests.begin(body)
      return { transactionId: await transactions.begin() }
    },
    '/CommitTransaction': async (body) => {
      await transactions.end(requests.end(body).transactionId, 'commit')
      return { transactionStatus: 'Transaction Committed' }
    },
    '/RollbackTransaction': async (body) => {
      await transactions.end(requests.end(body).transactionId, 'rollback')
      return { transactionStatus: 'Rollback Complete' }
    },
  }
}

function permitted(statement: NamedStatement, transactionId: ExecuteRequest['transactionId']): NamedStatement {
  if (refusedVerbs.has(statement.verb))
    throw new ServiceError(
      'ValidationException',
      `${statement.verb} is not possible as a statement: use the API's transactions`,
    )
  if (transactionId === undefined && sessionVerbs.has(statement.verb))
    throw new ServiceError(
      'ValidationException',
      `${statement.verb} has no effect here: the next call has another session`,
    )
  return statement
}

/** The caller hears of a timeout, the statement goes on. */
async function runOn<T>(sessions: Sessions, run: (sessions: Sessions) => Promise<T>, limits: Limits): Promise<T> {
  const running = run(sessions)
  void running.catch(() => undefined).then(() => sessions.close(1))
  let patience: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    const error = new ServiceError('StatementTimeoutException', 'Request timed out')
    patience = setTimeout(() => reject(error), limits.statementMilliseconds)
  })
  return Promise.race([running, timeout]).finally(() => clearTimeout(patience))
}

/** Reads each statement once: a service has a few dozen, and sends them thousands of times. */
function cached(read: (sql: string) => NamedStatement): (sql: string) => NamedStatement {
  const statements = new Map<string, NamedStatement>()
  return (sql) => {
    const known = statements.get(sql)
    if (known) return known
    if (statements.size >= 1000) statements.clear()
    const statement = read(sql)
    statements.set(sql, statement)
    return statement
  }
}
