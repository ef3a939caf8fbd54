import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startDocumentStore } from '../../local/cloud/document-store/start-document-store.ts'

vi.setConfig({ testTimeout: 60_000 })

const log = pino({ level: 'silent' })
const cleanUps: (() => unknown)[] = []
let dataDir: string

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'printcloud-documents-'))
  dataDir = join(folder, 'document-store')
  cleanUps.push(() => rmSync(folder, { recursive: true }))
})

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** A store on `dataDir`; `close` may be called earlier than the end of the test. */
async function started() {
  const store = await startDocumentStore({ port: 0, dataDir, log })
  const client = clientFor(store.url)
  let closing: Promise<void> | undefined
  const close = () => {
    client.destroy()
    closing ??= store.close()
    return closing
  }
  cleanUps.push(close)
  return { client, close }
}

function clientFor(endpoint: string): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  return new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials })
}

async function makeTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: 'checkouts',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'shop', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-shop',
          KeySchema: [{ AttributeName: 'shop', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  )
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: 'checkouts' })
}

function put(client: DynamoDBClient, winner: string) {
  return client.send(
    new PutItemCommand({
      TableName: 'checkouts',
      Item: { id: { S: 'chk_1' }, shop: { S: 'shop_1' }, winner: { S: winner } },
      ConditionExpression: 'attribute_not_exists(id)',
    }),
  )
}

async function winner(client: DynamoDBClient): Promise<string | undefined> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: 'checkouts', Key: { id: { S: 'chk_1' } }, ConsistentRead: true }),
  )
  return Item?.winner?.S
}

test('of ten conditional writes at once exactly one wins, and its document is the one that stays', async () => {
  const { client } = await started()
  await makeTable(client)
  const writers = Array.from({ length: 10 }, (_, index) => `writer ${index}`)
  const results = await Promise.allSettled(writers.map((name) => put(client, name)))
  const winners = writers.filter((_, index) => results[index]?.status === 'fulfilled')
  expect(winners).toHaveLength(1)
  expect(await winner(client)).toBe(winners[0])
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'ConditionalCheckFailedException' })
})

test('a document is found by a secondary index', async () => {
  const { client } = await started()
  await makeTable(client)
  await put(client, 'only')
  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'checkouts',
      IndexName: 'by-shop',
      KeyConditionExpression: 'shop = :shop',
      ExpressionAttributeValues: { ':shop': { S: 'shop_1' } },
    }),
  )
  expect(Items?.map(({ id }) => id?.S)).toEqual(['chk_1'])
})

test('tables and documents survive a restart', async () => {
  const first = await started()
  await makeTable(first.client)
  await put(first.client, 'before')
  await first.close()
  const second = await started()
  expect(await winner(second.client)).toBe('before')
  await expect(put(second.client, 'after')).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' })
})

test('what was written survives a kill of the service', async () => {
  const code = `
    const { startDocumentStore } = await import(process.argv[1])
    const log = { info: () => undefined }
    const { url } = await startDocumentStore({ port: 0, dataDir: process.argv[2], log })
    process.send(url)`
  const module = new URL('../../local/cloud/document-store/start-document-store.ts', import.meta.url).href
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, module, dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  cleanUps.push(() => child.kill('SIGKILL'))
  const url = await new Promise<unknown>((resolve) => child.once('message', resolve))
  const client = clientFor(String(url))
  cleanUps.push(() => client.destroy())
  await makeTable(client)
  await put(client, 'before the kill')
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  expect(await winner((await started()).client)).toBe('before the kill')
})
