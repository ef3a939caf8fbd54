/** The answers of the Data API that are not results: shape name and HTTP status as in the service's model. */
const statuses = {
  BadRequestException: 400,
  DatabaseErrorException: 400,
  DatabaseResumingException: 400,
  DatabaseUnavailableException: 504,
  ForbiddenException: 403,
  InternalServerErrorException: 500,
  StatementTimeoutException: 400,
  TransactionNotFoundException: 404,
  UnsupportedResultException: 400,
  // Not in the model, yet what Aurora answers; the SDK then throws its base exception with this name.
  ValidationException: 400,
  UnknownOperationException: 404,
} as const

export type ServiceErrorName = keyof typeof statuses

/** An error that the caller gets as Aurora would word it. */
export class ServiceError extends Error {
  override readonly name: ServiceErrorName
  readonly status: number

  constructor(name: ServiceErrorName, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = name
    this.status = statuses[name]
  }
}
