import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import type { Database } from '#chassis/database.ts'
import { Transient } from '#chassis/errors.ts'
import { madeFilesPrefix } from '#contracts/retention.ts'
import type { OrderKey } from './family.ts'
import type { ExpiringStore } from './tag-due.ts'

const Places = Type.Object({
  itemId: Type.String(),
  facilities: Type.Array(Type.String()),
  keys: Type.Array(Type.String()),
})
const placesSql = `select jsonb_build_object('itemId', id,
    'facilities', jsonb_build_array(doc->'facilityId') || jsonb_path_query_array(doc, '$.earlier[*].facilityId'),
    'keys', jsonb_path_query_array(doc, '$.printFiles[*].key') || jsonb_path_query_array(doc, '$.previews[*].key')) as row
  from order_items where account_id = :account::text and order_id = :id::text`

/** How it was made, with which rules, out of which bytes: a page of hashes that answers questions for as long as somebody may ask. */
const keptName = '/receipt.json'

/**
 * Keys of everything that was made for an order: print files, previews, reports, also what was left over when its facility changed. Never
 * anything outside the folder of made files, where claims lie.
 */
export async function madeKeysOf(
  database: Database,
  store: ExpiringStore,
  order: OrderKey,
): Promise<readonly string[]> {
  const items = await database.rows(Places, placesSql, { account: order.accountId, id: order.id })
  const keys = new Set<string>()
  for (const item of items) {
    for (const key of item.keys) keys.add(key)
    for (const facilityId of item.facilities) {
      for (const key of await keysBelow(store, `${madeFilesPrefix}${facilityId}/${order.id}/${item.itemId}/`))
        keys.add(key)
    }
  }
  return [...keys].filter((key) => key.startsWith(madeFilesPrefix) && !key.endsWith(keptName))
}

async function keysBelow({ s3, printFilesBucket }: ExpiringStore, prefix: string): Promise<string[]> {
  const keys: string[] = []
  let token: string | undefined
  do {
    const wanted = {
      Bucket: printFilesBucket,
      Prefix: prefix,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    }
    const page = await s3.send(new ListObjectsV2Command(wanted)).catch((cause: unknown) => {
      throw new Transient('The storage of print files does not answer', { cause })
    })
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key)
    token = page.NextContinuationToken
  } while (token !== undefined)
  return keys
}
