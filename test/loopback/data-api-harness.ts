import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BeginTransactionCommand,
  ExecuteStatementCommand,
  type ExecuteStatementCommandInput,
  RDSDataClient,
  type SqlParameter,
} from '@aws-sdk/client-rds-data'
import { pino } from 'pino'
import { type DataApi, startDataApi } from '../../local/cloud/data-api/start-data-api.ts'
import { removePostgresData } from '../../local/cloud/postgres/remove-postgres-data.ts'
import { type Postgres, startPostgres } from '../../local/cloud/postgres/start-postgres.ts'
import type { Clock } from '../../services/chassis/clock.ts'

export type Options = Partial<Omit<ExecuteStatementCommandInput, 'sql' | 'parameters'>>
export type Harness = Awaited<ReturnType<typeof startHarness>>

export const arns = {
  resourceArn: 'arn:aws:rds:eu-central-1:000000000000:cluster:printcloud',
  secretArn: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:printcloud',
}
export const uuid = '0197d3f0-7c1f-7000-8000-0123456789ab'

/** A string parameter. */
export function text(name: string, stringValue: string): SqlParameter {
  return { name, value: { stringValue } }
}

export function clientFor(endpoint: string, maxAttempts = 1): RDSDataClient {
  return new RDSDataClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
  })
}

/** A database of its own with the table `items`, the Data API before it (statements may take 1.5 s), and the unmodified SDK. */
export async function startHarness() {
  const log = pino({ level: 'silent' })
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-data-api-'))
  const dataDir = join(folder, 'postgres')
  let elapsedMilliseconds = 0
  const clock: Clock = { now: () => new Date(1_800_000_000_000 + elapsedMilliseconds), sleep: async () => undefined }
  let postgres: Postgres = await startPostgres({ port: 0, dataDir, log })
  const { url: postgresUrl } = postgres
  const dataApi: DataApi = await startDataApi({
    ...arns,
    port: 0,
    postgresUrl,
    log,
    clock,
    limits: { statementMilliseconds: 1500 },
  })
  const client = clientFor(dataApi.url)

  async function execute(sql: string, parameters: SqlParameter[] = [], options: Options = {}) {
    return client.send(new ExecuteStatementCommand({ ...arns, database: 'printcloud', sql, parameters, ...options }))
  }

  await execute(`create table items (
    id uuid primary key, doc jsonb, at timestamptz, word text, size int8, ratio float8, is_good boolean, raw bytea,
    price numeric(10,2), tags text[])`)

  return {
    dataApi,
    client,
    execute,
    rows: async (sql: string, parameters: SqlParameter[] = [], options: Options = {}): Promise<unknown> => {
      const { formattedRecords } = await execute(sql, parameters, { formatRecordsAs: 'JSON', ...options })
      return JSON.parse(formattedRecords ?? 'null')
    },
    begin: async (): Promise<string> => {
      const { transactionId } = await client.send(new BeginTransactionCommand({ ...arns, database: 'printcloud' }))
      return transactionId ?? ''
    },
    advance: (milliseconds: number) => {
      elapsedMilliseconds += milliseconds
    },
    setFaults: async (faults: object): Promise<unknown> => {
      const response = await fetch(`${dataApi.url}/_local/faults`, { method: 'POST', body: JSON.stringify(faults) })
      return response.json()
    },
    stopPostgres: () => postgres.close(),
    restartPostgres: async () => {
      postgres = await startPostgres({ port: Number(new URL(postgresUrl).port), dataDir, log })
    },
    close: async () => {
      client.destroy()
      await dataApi.close()
      await postgres.close()
      await removePostgresData(dataDir, log)
      rmSync(folder, { recursive: true })
    },
  }
}
