import { devNull } from 'node:os'
import type { Addresses } from './addresses.ts'

/** The names that stand for a region, a login and a database where none of them is real. */
export const database = {
  resourceArn: 'arn:aws:rds:eu-west-1:000000000000:cluster:printcloud',
  secretArn: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:printcloud-database',
  name: 'printcloud',
} as const
export const buckets = {
  sources: 'printcloud-sources',
  printFiles: 'printcloud-print-files',
  documents: 'printcloud-documents',
  // In the cloud it lies in another region.
  standbyDocuments: 'printcloud-documents-standby',
} as const
export const tables = { checkouts: 'printcloud-checkouts' } as const
export const queues = { process: 'process', status: 'status', facilityPrefix: 'facility-' } as const

/** What makes an unmodified AWS SDK talk to the stand-ins, and to nothing else. */
export function cloudEnvironment(addresses: Addresses): Record<string, string> {
  return {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIALOCALPRINTCLOUD0',
    AWS_SECRET_ACCESS_KEY: 'local-secret-that-protects-nothing',
    AWS_ENDPOINT_URL_RDS_DATA: addresses.url('data-api'),
    AWS_ENDPOINT_URL_SQS: addresses.url('queue'),
    AWS_ENDPOINT_URL_S3: addresses.url('object-store'),
    AWS_ENDPOINT_URL_SESV2: addresses.url('mailbox'),
    AWS_ENDPOINT_URL_DYNAMODB: addresses.url('document-store'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // The user's own profiles must not reach in.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  }
}

/** URL of a queue, as SQS forms it. */
export function queueUrl(addresses: Addresses, name: string): string {
  return `${addresses.url('queue')}/000000000000/${name}`
}
