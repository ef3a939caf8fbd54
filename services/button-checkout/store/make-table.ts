import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { tableDefinition } from './table-definition.ts'

const secondsToExist = 30

/** Makes the table where there is none: for local stores and tests. In the cloud infra makes it. */
export async function makeTable(dynamo: DynamoDBClient, name: string): Promise<void> {
  try {
    await dynamo.send(new CreateTableCommand(tableDefinition(name)))
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
  await waitUntilTableExists({ client: dynamo, maxWaitTime: secondsToExist, minDelay: 1 }, { TableName: name })
}
