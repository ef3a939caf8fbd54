import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Checkout } from '../checkouts/checkout.ts'
import { dueShards, forgetAttribute } from './table-definition.ts'

/** A checkout as an item: the whole of it as JSON, and beside it what DynamoDB itself must see. */
export function itemOf(checkout: Checkout): Record<string, AttributeValue> {
  const { id, version, dueAt, forgetAt } = checkout
  return {
    id: { S: id },
    version: { N: String(version) },
    doc: { S: JSON.stringify(checkout) },
    [forgetAttribute]: { N: String(Math.ceil(Date.parse(forgetAt) / 1000)) },
    ...(dueAt === undefined ? {} : { due_shard: { N: String(shardOf(id)) }, due_at: { S: dueAt } }),
  }
}

/** By the last character of the id, which is random. */
const shardOf = (id: string): number => (id.codePointAt(id.length - 1) ?? 0) % dueShards
