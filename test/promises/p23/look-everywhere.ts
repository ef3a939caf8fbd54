import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { Type } from 'typebox'
import type { Addresses } from '../../../local/platform/addresses.ts'
import {
  buckets,
  cloudEnvironment,
  database,
  queues,
  queueUrl,
  tables,
} from '../../../local/platform/cloud-environment.ts'
import { databaseOf } from '../../../local/seed/database-of.ts'
import type { Canary } from './canaries.ts'

/** A place where something was written, and all that stands there. */
export type Place = { readonly name: string; readonly text: string }

/** Every file of a folder and of those in it. */
export async function filesIn(folder: string, label: string): Promise<readonly Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(
    files.map(async (path) => ({
      name: `${label} ${path.slice(folder.length + 1)}`,
      text: await readFile(path, 'latin1').then(utf8),
    })),
  )
}

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8')

const environmentOf = (addresses: Addresses): Record<string, string> => ({
  ...cloudEnvironment(addresses),
  DATABASE_RESOURCE_ARN: database.resourceArn,
  DATABASE_SECRET_ARN: database.secretArn,
  DATABASE_NAME: database.name,
})

/** By table, which of the canaries stand in any of its rows. */
export async function tablesHolding(addresses: Addresses, canaries: readonly Canary[]) {
  const { rows } = databaseOf(environmentOf(addresses))
  const named = `select to_jsonb(table_name::text) as row from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`
  const names = await rows(Type.String(), named)
  const parameters = { canaries: JSON.stringify(canaries) }
  return Promise.all(
    names.map(async (table) => {
      const held = `select to_jsonb(c.name) as row from jsonb_to_recordset(:canaries::jsonb) as c(name text, text text)
        where exists (select 1 from "${table}" t where position(c.text in t::text) > 0)`
      return { table, holds: await rows(Type.String(), held, parameters) }
    }),
  )
}

/** Every object of every bucket, unpacked. */
export async function objectsOf(addresses: Addresses): Promise<readonly Place[]> {
  const s3 = new S3Client({ ...clientOf(addresses, 'object-store'), forcePathStyle: true })
  try {
    const found = await Promise.all(Object.values(buckets).map((bucket) => objectsIn(s3, bucket)))
    return found.flat()
  } finally {
    s3.destroy()
  }
}

async function objectsIn(s3: S3Client, bucket: string): Promise<readonly Place[]> {
  const places: Place[] = []
  for (let after: string | undefined, isMore = true; isMore; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, ...(after ? { StartAfter: after } : {}) }))
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body, ContentEncoding, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? [])
      places.push({
        name: `object ${bucket}/${Key}`,
        text: `${Key} ${JSON.stringify(Metadata)} ${unpacked(bytes, ContentEncoding)}`,
      })
      after = Key
    }
    isMore = page.IsTruncated === true
  }
  return places
}

function unpacked(bytes: Buffer, encoding: string | undefined): string {
  if (encoding === 'br') return brotliDecompressSync(bytes).toString()
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString()
}

/** Every item of the table of checkouts. */
export async function itemsOf(addresses: Addresses): Promise<readonly Place[]> {
  const dynamo = new DynamoDBClient(clientOf(addresses, 'document-store'))
  try {
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tables.checkouts }))
    return Items.map(({ id, ...rest }) => ({ name: `item ${id?.S}`, text: `${rest.doc?.S} ${JSON.stringify(rest)}` }))
  } finally {
    dynamo.destroy()
  }
}

/** What waits for a processor; it is left there. */
export async function ticketsFor(addresses: Addresses): Promise<readonly Place[]> {
  const sqs = new SQSClient(clientOf(addresses, 'queue'))
  try {
    const QueueUrl = queueUrl(addresses, queues.process)
    const wish = { QueueUrl, VisibilityTimeout: 0, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(wish))
    return Messages.map(({ MessageId, Body }) => ({ name: `ticket ${MessageId}`, text: Body ?? '' }))
  } finally {
    sqs.destroy()
  }
}

function clientOf(addresses: Addresses, part: 'object-store' | 'document-store' | 'queue') {
  const {
    AWS_REGION: region = '',
    AWS_ACCESS_KEY_ID: accessKeyId = '',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  } = cloudEnvironment(addresses)
  return { endpoint: addresses.url(part), region, credentials: { accessKeyId, secretAccessKey } }
}
