import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'

/** Rows of one moment lie in several parts of the index: DynamoDB writes 1,000 a second into one. */
export const dueShards = 4
/** Of what waits for something: `due_shard` and `due_at` stand in such items alone, so that the index holds nothing else. */
export const dueIndex = 'due'
/** Seconds since 1970; DynamoDB removes the item within days of it. */
export const forgetAttribute = 'forget_at'

/** The one table of the checkout, as it is made locally; docs/checkout.md has it for the cloud. */
export const tableDefinition = (name: string) =>
  ({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'due_shard', AttributeType: 'N' },
      { AttributeName: 'due_at', AttributeType: 'S' },
    ],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: dueIndex,
        KeySchema: [
          { AttributeName: 'due_shard', KeyType: 'HASH' },
          { AttributeName: 'due_at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  }) satisfies CreateTableCommandInput
