import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { ServiceError } from './service-error.ts'

/** The request bodies of the Data API's REST protocol, as far as its documentation gives them. */
const field = Type.Object({
  isNull: Type.Optional(Type.Boolean()),
  stringValue: Type.Optional(Type.String()),
  longValue: Type.Optional(Type.Integer()),
  doubleValue: Type.Optional(Type.Union([Type.Number(), Type.Enum(['NaN', 'Infinity', '-Infinity'])])),
  booleanValue: Type.Optional(Type.Boolean()),
  blobValue: Type.Optional(Type.String({ description: 'base64' })),
  arrayValue: Type.Optional(Type.Unknown()),
})

const sqlParameter = Type.Object({
  name: Type.String({ minLength: 1 }),
  value: field,
  typeHint: Type.Optional(Type.Enum(['DATE', 'TIME', 'TIMESTAMP', 'DECIMAL', 'JSON', 'UUID'])),
})

const database = {
  resourceArn: Type.String(),
  secretArn: Type.String(),
  database: Type.Optional(Type.String()),
  schema: Type.Optional(Type.String()),
}

const execute = Type.Object({
  ...database,
  sql: Type.String({ minLength: 1 }),
  parameters: Type.Optional(Type.Array(sqlParameter)),
  transactionId: Type.Optional(Type.String()),
  formatRecordsAs: Type.Optional(Type.Enum(['NONE', 'JSON'])),
  includeResultMetadata: Type.Optional(Type.Boolean()),
  continueAfterTimeout: Type.Optional(Type.Boolean()),
  resultSetOptions: Type.Optional(
    Type.Object({
      decimalReturnType: Type.Optional(Type.Enum(['STRING', 'DOUBLE_OR_LONG'])),
      longReturnType: Type.Optional(Type.Enum(['LONG', 'STRING'])),
    }),
  ),
})

const batchExecute = Type.Object({
  ...database,
  sql: Type.String({ minLength: 1 }),
  parameterSets: Type.Optional(Type.Array(Type.Array(sqlParameter))),
  transactionId: Type.Optional(Type.String()),
})

const endTransaction = Type.Object({
  resourceArn: Type.String(),
  secretArn: Type.String(),
  transactionId: Type.String(),
})

const call = Type.Integer({ minimum: 0 })
const faults = Type.Partial(
  Type.Object(
    { resuming: call, unavailable: call, loseReplies: call, latencyMs: call },
    { additionalProperties: false },
  ),
)

export type SqlParameter = Static<typeof sqlParameter>
export type ExecuteRequest = Static<typeof execute>
export type ResultSetOptions = NonNullable<ExecuteRequest['resultSetOptions']>

/** Checks a request body; each throws ValidationException that names the first wrong member. */
export const requests = {
  execute: checked(execute),
  batchExecute: checked(batchExecute),
  begin: checked(Type.Object(database)),
  end: checked(endTransaction),
  faults: checked(faults),
} as const

function checked<P extends TProperties>(schema: TObject<P>): (body: unknown) => Static<TObject<P>> {
  // Compiled, because one order is one call through here.
  const validator = Compile(schema)
  return (body) => {
    if (validator.Check(body)) return body
    const [fault] = validator.Errors(body)
    throw new ServiceError(
      'ValidationException',
      `${fault?.instancePath || 'body'} ${fault?.message ?? 'is not valid'}`,
    )
  }
}
