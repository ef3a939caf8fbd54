import { Buffer } from 'node:buffer'
import type { Limits } from './limits.ts'
import { readArray } from './read-array.ts'
import type { ExecuteRequest, ResultSetOptions } from './requests.ts'
import type { Kind, ResultType } from './result-types.ts'
import { ServiceError } from './service-error.ts'
import type { Outcome } from './sessions.ts'

/**
 * The body of an ExecuteStatement answer. A statement that returns rows reports 0 updated records, as Aurora does:
 * count what RETURNING gives back instead.
 */
export function writeResult(
  outcome: Outcome,
  types: readonly ResultType[],
  request: ExecuteRequest,
  limits: Limits,
): object {
  if (outcome.columns.length === 0) {
    const isChange = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(outcome.command)
    return { generatedFields: [], numberOfRecordsUpdated: isChange ? outcome.count : 0 }
  }
  const options = request.resultSetOptions ?? {}
  if (request.formatRecordsAs === 'JSON')
    return { numberOfRecordsUpdated: 0, formattedRecords: formattedRecords(outcome, types, options, limits) }
  const write = types.map((type) => cellWriter(type, options))
  const records = outcome.rows.map((row) =>
    row.map((text, column) => (text === null ? { isNull: true } : write[column]?.asField(text))),
  )
  return {
    numberOfRecordsUpdated: 0,
    records,
    ...(request.includeResultMetadata && { columnMetadata: columnMetadata(outcome, types) }),
  }
}

/** Written by hand, because a bigint must keep all its digits. */
function formattedRecords(
  { columns, rows }: Outcome,
  types: readonly ResultType[],
  options: ResultSetOptions,
  limits: Limits,
): string {
  const keys = columns.map(({ name }) => JSON.stringify(name))
  if (new Set(keys).size < keys.length)
    throw new ServiceError('BadRequestException', 'The result has several columns with the same label')
  const write = types.map((type) => cellWriter(type, options))
  const objects = rows.map((row) => {
    const members = row.map((text, column) => `${keys[column]}:${text === null ? 'null' : write[column]?.asJson(text)}`)
    return `{${members.join(',')}}`
  })
  const json = `[${objects.join(',')}]`
  if (Buffer.byteLength(json) > limits.jsonBytes)
    throw new ServiceError('BadRequestException', 'The formatted result is larger than 10 MB')
  return json
}

type CellWriter = { readonly asField: (text: string) => object; readonly asJson: (text: string) => string }

function cellWriter(type: ResultType, options: ResultSetOptions): CellWriter {
  const kind = returnedKind(type.kind, options)
  if (type.isArray)
    return {
      asField: (text) => ({ arrayValue: { [arrayMembers[kind]]: readArray(text).map((cell) => plain(kind, cell)) } }),
      asJson: (text) => `[${readArray(text).map((cell) => (cell === null ? 'null' : jsonValue(kind, cell)))}]`,
    }
  return { asField: (text) => ({ [members[kind]]: plain(kind, text) }), asJson: (text) => jsonValue(kind, text) }
}

/** What the caller asked numbers to be returned as. */
function returnedKind(kind: Kind, options: ResultSetOptions): Kind {
  if (kind === 'long' && options.longReturnType === 'STRING') return 'string'
  if (kind === 'decimal' && options.decimalReturnType === 'DOUBLE_OR_LONG') return 'double'
  return kind
}

const members = {
  boolean: 'booleanValue',
  long: 'longValue',
  double: 'doubleValue',
  decimal: 'stringValue',
  blob: 'blobValue',
  instant: 'stringValue',
  string: 'stringValue',
} as const

const arrayMembers = {
  boolean: 'booleanValues',
  long: 'longValues',
  double: 'doubleValues',
  decimal: 'stringValues',
  blob: 'stringValues',
  instant: 'stringValues',
  string: 'stringValues',
} as const

function plain(kind: Kind, text: string | null): boolean | number | string | null {
  if (text === null) return null
  if (kind === 'boolean') return text === 't'
  // The protocol writes NaN and Infinity as strings.
  if (kind === 'long' || kind === 'double') return Number.isFinite(Number(text)) ? Number(text) : text
  if (kind === 'blob') return Buffer.from(text.slice(2), 'hex').toString('base64')
  // Always UTC (the session's time zone), and without saying so.
  if (kind === 'instant') return text.replace(/\+00$/, '')
  return text
}

function jsonValue(kind: Kind, text: string): string {
  const value = plain(kind, text)
  return typeof value === 'number' ? text : JSON.stringify(value)
}

/** The table of a column is not looked up: names are enough for whoever uses this form. */
function columnMetadata({ columns }: Outcome, types: readonly ResultType[]): object[] {
  return types.map(({ name: typeName, jdbc, kind, isArray }, index) => ({
    arrayBaseColumnType: 0,
    isAutoIncrement: false,
    isCaseSensitive: kind === 'string' || isArray,
    isCurrency: false,
    isSigned: ['long', 'double', 'decimal'].includes(kind),
    label: columns[index]?.name,
    name: columns[index]?.name,
    nullable: 2,
    precision: 0,
    scale: 0,
    schemaName: '',
    tableName: '',
    type: jdbc,
    typeName,
  }))
}
