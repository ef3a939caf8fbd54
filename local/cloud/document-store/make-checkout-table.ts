import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { makeTable } from '../../../services/button-checkout/store/make-table.ts'

/** The table of the checkout, as infra makes it in the cloud. */
export async function makeCheckoutTable(endpoint: string, name: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const dynamo = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials })
  try {
    await makeTable(dynamo, name)
  } finally {
    dynamo.destroy()
  }
}
