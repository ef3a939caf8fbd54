import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createLog } from '#chassis/log.ts'
import { startDocumentStore } from '../../../local/cloud/document-store/start-document-store.ts'
import { createCheckoutStore } from '../../../services/button-checkout/store/dynamo-store.ts'
import { makeTable } from '../../../services/button-checkout/store/make-table.ts'
import { createPlainItems } from '../../../services/button-checkout/store/plain-items.ts'

const table = 'checkouts'

/** The table of checkouts by the real SDK, on a DynamoDB of this machine. */
export async function startTable(now: () => Date) {
  const dataDir = await mkdtemp(join(tmpdir(), 'checkout-table-'))
  const server = await startDocumentStore({
    port: 0,
    dataDir: join(dataDir, 'store'),
    log: createLog('document-store', 'silent'),
  })
  const dynamo = new DynamoDBClient({
    endpoint: server.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'k', secretAccessKey: 's' },
  })
  await makeTable(dynamo, table)
  return {
    store: createCheckoutStore(dynamo, table, now),
    items: createPlainItems(dynamo, table),
    close: async () => {
      dynamo.destroy()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
