import { ExecuteStatementCommand, type RDSDataClient, type SqlParameter } from '@aws-sdk/client-rds-data'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Transient } from './errors.ts'
import { withoutValues, wordsWithoutValues } from './without-values.ts'

/** A value of a named parameter. Every parameter is cast in the SQL (`:id::text`, `:doc::jsonb`): Aurora guesses nothing. */
export type SqlValue = string | number | boolean | null

export type Database = {
  /**
   * Runs one statement, atomically. It must return one column `row` of type jsonb; each row is checked against `schema`.
   * Throws Transient when the database cannot answer now, RuleBroken when a constraint forbids it; no error says what a row or a parameter
   * holds. A row is at most 64 KiB, the whole result 1 MiB.
   */
  readonly rows: <S extends TSchema>(
    schema: S,
    sql: string,
    parameters?: Readonly<Record<string, SqlValue>>,
  ) => Promise<Static<S>[]>
}

export type DatabaseAddress = {
  readonly DATABASE_RESOURCE_ARN: string
  readonly DATABASE_SECRET_ARN: string
  readonly DATABASE_NAME: string
}

/** PostgreSQL through the RDS Data API: no connections to pool, no password in the process. */
export function createDatabase(client: RDSDataClient, address: DatabaseAddress): Database {
  const target = {
    resourceArn: address.DATABASE_RESOURCE_ARN,
    secretArn: address.DATABASE_SECRET_ARN,
    database: address.DATABASE_NAME,
  }
  return {
    rows: async (schema, sql, parameters = {}) => {
      const command = new ExecuteStatementCommand({
        ...target,
        sql,
        formatRecordsAs: 'JSON',
        parameters: Object.entries(parameters).map(([name, value]) => parameter(name, value)),
      })
      const { formattedRecords = '[]' } = await sendUntilFree(() => client.send(command)).catch(translate)
      const records: unknown = JSON.parse(formattedRecords === '' ? '[]' : formattedRecords)
      return Array.isArray(records) ? records.map((record) => checkedRow(schema, record)) : []
    },
  }
}

const mostDeadlocks = 3

/** Of two statements that wait for each other the database undoes one, wholly: that one is sent again. */
async function sendUntilFree<T>(send: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send()
    } catch (error) {
      if (tries > mostDeadlocks || !isDeadlock(error)) throw error
    }
  }
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && wordsWithoutValues(error.message).includes('deadlock detected')

/** The result was over the limit of the Data API: ask for less at a time. */
export class ResultTooLarge extends Error {
  override name = 'ResultTooLarge'
}

/** A rule of the schema that the statement would break; all of it was undone. */
export class RuleBroken extends Error {
  override name = 'RuleBroken'
  readonly rule: string

  constructor(rule: string, options?: ErrorOptions) {
    super(`The statement would break ${rule}`, options)
    this.rule = rule
  }
}

const brokenRule = /violates (?:check|unique|foreign key) constraint "(\w+)"/

const mayPass = new Set([
  'DatabaseResumingException',
  'DatabaseUnavailableException',
  'InternalServerErrorException',
  'ServiceUnavailableError',
  'StatementTimeoutException',
  'TimeoutError',
  'ThrottlingException',
])

function translate(error: unknown): never {
  if (!(error instanceof Error)) throw error
  const isNetwork = 'code' in error && typeof error.code === 'string'
  const cause = isNetwork ? error : withoutValues(error)
  if (mayPass.has(error.name) || isNetwork || isDeadlock(error))
    throw new Transient(`The database does not answer: ${error.name}`, { cause })
  if (/more than the allowed response size limit/i.test(cause.message)) {
    throw new ResultTooLarge(cause.message, { cause })
  }
  const rule = brokenRule.exec(cause.message)?.[1]
  if (rule !== undefined) throw new RuleBroken(rule, { cause })
  throw cause
}

function parameter(name: string, value: SqlValue): SqlParameter {
  if (value === null) return { name, value: { isNull: true } }
  if (typeof value === 'string') return { name, value: { stringValue: value } }
  if (typeof value === 'boolean') return { name, value: { booleanValue: value } }
  return { name, value: Number.isInteger(value) ? { longValue: value } : { doubleValue: value } }
}

type Check = (value: unknown) => { readonly isValid: boolean; readonly faults: () => string }
const checks = new WeakMap<object, Check>()

function checkOf(schema: TSchema): Check {
  const known = checks.get(schema)
  if (known) return known
  const compiled = Compile(schema)
  const check: Check = (value) => ({
    isValid: compiled.Check(value),
    faults: () =>
      compiled
        .Errors(value)
        .map((fault) => `${fault.instancePath} ${fault.message}`)
        .join('; '),
  })
  checks.set(schema, check)
  return check
}

function checkedRow<S extends TSchema>(schema: S, record: unknown): Static<S> {
  const text = typeof record === 'object' && record !== null && 'row' in record ? record.row : undefined
  const row: unknown = typeof text === 'string' ? JSON.parse(text) : text
  if (isRow(schema, row)) return row
  throw new Error(`The database gave a row that is not what the code expects: ${checkOf(schema)(row).faults()}`)
}

function isRow<S extends TSchema>(schema: S, row: unknown): row is Static<S> {
  return checkOf(schema)(row).isValid
}
