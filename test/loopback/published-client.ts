import { S3Client } from '@aws-sdk/client-s3'
import type { PublishedWorld } from './published-world.ts'

/** The real client of the store, with something happening before each of its calls. */
export async function clientWith(
  { api }: PublishedWorld,
  before: (input: object) => Promise<void> | void,
): Promise<S3Client> {
  const { config } = api.s3
  const client = new S3Client({
    region: config.region,
    credentials: config.credentials,
    endpoint: await endpointOf(api.s3),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    maxAttempts: 1,
  })
  client.middlewareStack.add(
    (next) => async (argument) => {
      await before(argument.input)
      return await next(argument)
    },
    { step: 'initialize' },
  )
  return client
}

/** Of a put; empty for every other call. */
export const keyIn = (input: object): string => ('Key' in input && 'Body' in input ? String(input.Key) : '')

async function endpointOf({ config }: S3Client): Promise<string> {
  const { protocol, hostname, port } = (await config.endpoint?.()) ?? { protocol: '', hostname: '', port: 0 }
  return `${protocol}//${hostname}:${port}`
}
