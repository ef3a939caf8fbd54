import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { askTable, wrote } from './ask-table.ts'

/** What is kept under a name, and how often it was written. */
export type PlainItem = { readonly version: number; readonly doc: unknown }

/**
 * Small things beside the checkouts in the same table, such as a counter or a cursor, that are never forgotten. The caller parses what it
 * reads. Names begin with their kind: `invoices/2026`, `cursor/sales`.
 */
export type PlainItems = {
  readonly getItem: (name: string) => Promise<PlainItem | undefined>
  /** False when it is not at `version` any more; 0: there was none. Read again, decide again. */
  readonly putIf: (name: string, version: number, doc: unknown) => Promise<boolean>
}

/** Reads are consistent. Throws Transient when the table does not answer; after that a write may or may not have been carried out. */
export function createPlainItems(dynamo: DynamoDBClient, table: string): PlainItems {
  return {
    getItem: async (name) => {
      const command = new GetItemCommand({ TableName: table, Key: { id: { S: name } }, ConsistentRead: true })
      const { Item } = await askTable(() => dynamo.send(command))
      if (Item?.doc?.S === undefined) return undefined
      return { version: Number(Item.version?.N), doc: JSON.parse(Item.doc.S) }
    },
    putIf: (name, version, doc) => {
      const Item = { id: { S: name }, version: { N: String(version + 1) }, doc: { S: JSON.stringify(doc) } }
      const condition =
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(id)' }
          : { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': { N: `${version}` } } }
      return wrote(() => dynamo.send(new PutItemCommand({ TableName: table, Item, ...condition })))
    },
  }
}
