import { ServiceError } from './service-error.ts'

const signature =
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/rds-data\/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$/

/** Throws ServiceError for a request that Aurora would turn away before it reaches the database. */
export type Admit = (authorization: string | undefined, body: unknown) => void

/** What every operation's request must show; of the signature the form is checked, not the value. */
export function createAdmission(known: {
  readonly resourceArn: string
  readonly secretArn: string
  readonly database: string
}): Admit {
  return (authorization, body) => {
    if (!authorization || !signature.test(authorization))
      throw new ServiceError('ForbiddenException', 'The request is not signed for rds-data')
    const { resourceArn, secretArn, database, schema } = members(body)
    if (resourceArn !== known.resourceArn)
      throw new ServiceError('BadRequestException', `HttpEndpoint is not enabled for resource ${resourceArn}`)
    if (secretArn !== known.secretArn)
      throw new ServiceError('BadRequestException', `Error fetching secret ${secretArn}: it can't be found`)
    if (schema !== undefined) throw new ServiceError('ValidationException', "The schema parameter isn't supported")
    if (database !== undefined && database !== known.database)
      throw new ServiceError('DatabaseErrorException', `FATAL: database "${database}" does not exist; SQLState: 3D000`)
  }
}

function members(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}
