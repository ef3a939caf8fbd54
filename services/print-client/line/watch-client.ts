import type { S3Client } from '@aws-sdk/client-s3'
import type { SQSClient } from '@aws-sdk/client-sqs'
import type { Line } from './line.ts'

const place = { step: 'deserialize', priority: 'low', name: 'printcloud-line', override: true } as const

/** Lets a client of the SDK tell the line of every answer, also of those that refuse, and of every call that got none. */
export const watchS3 = ({ middlewareStack }: S3Client, line: Line): void =>
  middlewareStack.add((next) => (args) => listened(line, () => next(args)), place)

/** The same for a client of queues. */
export const watchSqs = ({ middlewareStack }: SQSClient, line: Line): void =>
  middlewareStack.add((next) => (args) => listened(line, () => next(args)), place)

async function listened<T extends { readonly response: unknown }>(line: Line, call: () => Promise<T>): Promise<T> {
  try {
    const result = await call()
    line.heard(dateOf(result.response))
    return result
  } catch (error) {
    tell(line, error)
    throw error
  }
}

function tell(line: Line, error: unknown): void {
  if (!(error instanceof Error)) return
  if ('$response' in error && error.$response !== undefined) line.heard(dateOf(error.$response))
  else if (error.name !== 'AbortError') line.lost(error)
}

function dateOf(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined
  const { headers } = response
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined
  return typeof headers.date === 'string' ? headers.date : undefined
}
