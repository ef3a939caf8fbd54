import {
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { Type } from 'typebox'
import { createLog } from '#chassis/log.ts'
import { defaultRoutingPolicy } from '#contracts/order-api/routing.ts'
import { expiryTag, fileRules } from '#contracts/retention.ts'
import { createElsewhere } from '../../../services/order-api/rerouting/elsewhere.ts'
import { clearFiles } from '../../../services/order-api/retention/clear-files.ts'
import { countDays } from '../../../services/order-api/retention/count-days.ts'
import { expireOrders } from '../../../services/order-api/retention/expire-orders.ts'
import type { ExpiringStore } from '../../../services/order-api/retention/tag-due.ts'
import { fresh, posterByUrl } from './client.ts'
import { openLife, parcel, printFile } from './lifecycle-world.ts'

export const day = 24 * 60
export type Retention = Awaited<ReturnType<typeof openRetention>>

/** Orders with files of their own in the store, the worker's steps one by one, and the store's lifecycle, all on one clock. */
export async function openRetention() {
  const life = await openLife()
  const { api, call } = life
  const signal = new AbortController().signal
  const store: ExpiringStore = { s3: api.s3, sourcesBucket: 'sources', printFilesBucket: 'print-files' }
  const expiry = { database: api.database, log: createLog('test', 'fatal'), now: life.now, signal }
  const put = (Bucket: string, Key: string) => api.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))

  const upload = async (): Promise<string> => {
    const body = { filename: 'a.pdf', content_type: 'application/pdf', size_bytes: 1 }
    const { id } = (await call('POST', '/v1/files', { body })).json
    await put('sources', `${await accountId()}/${id}`)
    return id
  }
  const accountId = async (): Promise<string> => (await call('GET', '/v1/account')).json.id
  const read = async (id: string) => (await call('GET', `/v1/orders/${id}`)).json

  /** Print file, preview, report and receipt, as the processor stores them, and what was left over in its folder. */
  const made = async (id: string) => {
    const { items } = await read(id)
    const folder = `facilities/${items[0].facility_id}/${id}/${items[0].id}/`
    const keys = ['sheet.pdf', 'page-1.png', 'report.json', 'receipt.json', 'left-over.pdf'].map(
      (name) => `${folder}${name}`,
    )
    const [key = '', preview = '', reportKey = '', receiptKey = ''] = keys
    for (const each of keys) await put('print-files', each)
    const picture = {
      component: 'sheet',
      page: 1,
      key: preview,
      contentType: 'image/png',
      widthPx: 1,
      heightPx: 1,
    } as const
    await life.ready(id, undefined, 1, {
      printFiles: [{ ...printFile, key }],
      previews: [picture],
      reportKey,
      receiptKey,
    })
    return { folder, keys, key, receiptKey }
  }

  const allowAnyCost = () => {
    const reroute = { ...defaultRoutingPolicy.reroute, max_cost_increase_percent: 100 }
    const policy = JSON.stringify({ ...defaultRoutingPolicy, reroute })
    const sql = 'update accounts set routing = :policy::jsonb returning to_jsonb(id) as row'
    return api.database.rows(Type.String(), sql, { policy })
  }

  return {
    allowAnyCost,
    /** What follows from a facility's word, as in the worker. */
    elsewhere: createElsewhere(api.context.changer, { s3: api.s3, bucket: 'print-files' }),
    ...{ life, api, call, read, upload, made, put, accountId, store, expiry },
    place: async (changes: object = {}) =>
      (await call('POST', '/v1/orders', { headers: fresh(), body: posterByUrl(changes) })).json,
    posterOf: (file: string) => ({ items: [{ sku: 'poster-a3', quantity: 1, files: { image: file } }] }),
    shipped: (id: string) => life.says(id, 'shipped', parcel),
    delivered: (id: string) => life.says(id, 'delivered'),
    /** As the worker does it, minute after minute, and two hours later again. */
    sweep: async () => {
      await countDays(expiry)
      await expireOrders(expiry)
      life.later(120)
      await clearFiles({ ...expiry, store })
    },
    isDue: async (bucket: string, key: string): Promise<boolean> => {
      const { TagSet = [] } = await api.s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }))
      return TagSet.some(({ Key, Value }) => Key === expiryTag.key && Value === expiryTag.value)
    },
    isThere: async (bucket: string, key: string): Promise<boolean> => {
      try {
        await api.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
        return true
      } catch (error) {
        if (error instanceof NotFound) return false
        throw error
      }
    },
    keysOf: async (bucket: string, prefix: string): Promise<string[]> =>
      ((await api.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))).Contents ?? []).flatMap(
        ({ Key }) => Key ?? [],
      ),
    /** The worker gives a date to what has ended. */
    count: () => countDays(expiry),
    rules: fileRules,
  }
}
