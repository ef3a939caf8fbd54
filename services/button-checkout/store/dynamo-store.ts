import { randomUUID } from 'node:crypto'
import { type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { issuesOf, matches } from '#contracts/parse.ts'
import { Checkout } from '../checkouts/checkout.ts'
import { askTable, wrote } from './ask-table.ts'
import type { CheckoutStore } from './checkout-store.ts'
import { itemOf } from './item-of.ts'
import { dueIndex, dueShards } from './table-definition.ts'

/** Of the write that an item comes from. */
const markAttribute = 'mark'

/**
 * Checkouts in a table of DynamoDB (`tableDefinition`). What is to be forgotten is not found any more, although DynamoDB may take days to
 * remove it. A write whose answer was lost is sent again by the SDK and then finds itself, by a mark of its own: it counts as carried out.
 */
export function createCheckoutStore(dynamo: DynamoDBClient, table: string, now: () => Date): CheckoutStore {
  const itemAt = async (id: string) => {
    const command = new GetItemCommand({ TableName: table, Key: { id: { S: id } }, ConsistentRead: true })
    return (await askTable(() => dynamo.send(command))).Item
  }
  const find: CheckoutStore['find'] = async (id) => {
    const text = (await itemAt(id))?.doc?.S
    if (text === undefined) return undefined
    const checkout = readable(id, JSON.parse(text))
    return checkout.forgetAt > now().toISOString() ? checkout : undefined
  }
  const put = async (checkout: Checkout, condition: object): Promise<boolean> => {
    const mark = randomUUID()
    const Item = { ...itemOf(checkout), [markAttribute]: { S: mark } }
    const command = new PutItemCommand({ TableName: table, Item, ...condition })
    if (await wrote(() => dynamo.send(command))) return true
    return (await itemAt(checkout.id))?.[markAttribute]?.S === mark
  }
  return {
    find,
    insert: (checkout) => put(checkout, { ConditionExpression: 'attribute_not_exists(id)' }),
    save: (checkout) =>
      put(checkout, {
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': { N: String(checkout.version - 1) } },
      }),
    putOff: async (id, until) => {
      const item = await itemAt(id)
      if (item?.version?.N === undefined || item.due_at === undefined) return
      const command = new PutItemCommand({
        ...{ TableName: table, Item: { ...item, due_at: { S: until.toISOString() } } },
        ConditionExpression: 'version = :before',
        ExpressionAttributeValues: { ':before': item.version },
      })
      // False: somebody could read it after all.
      await wrote(() => dynamo.send(command))
    },
    due: async (until, limit) => {
      const shards = Array.from({ length: dueShards }, (_, shard) => dueIn(dynamo, table, shard, until, limit))
      const found = (await Promise.all(shards)).flat()
      return found
        .sort((a, b) => a.dueAt.localeCompare(b.dueAt))
        .slice(0, limit)
        .map(({ id }) => id)
    },
  }
}

/** What is found there is personal: a fault names places alone. */
function readable(id: string, value: unknown): Checkout {
  if (matches(Checkout, value)) return value
  const places = issuesOf(Checkout, value).map(({ pointer }) => pointer)
  throw new Error(`${id} cannot be read; look at ${places.join(', ')}`)
}

async function dueIn(dynamo: DynamoDBClient, table: string, shard: number, until: Date, limit: number) {
  const command = new QueryCommand({
    TableName: table,
    IndexName: dueIndex,
    KeyConditionExpression: 'due_shard = :shard and due_at <= :until',
    ExpressionAttributeValues: { ':shard': { N: String(shard) }, ':until': { S: until.toISOString() } },
    Limit: limit,
  })
  const { Items = [] } = await askTable(() => dynamo.send(command))
  return Items.flatMap(({ id, due_at }) =>
    id?.S !== undefined && due_at?.S !== undefined ? [{ id: id.S, dueAt: due_at.S }] : [],
  )
}
