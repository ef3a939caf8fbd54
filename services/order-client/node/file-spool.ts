import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PrintcloudError } from '../printcloud-error.ts'
import type { Spool, SpooledOrder } from '../spool/spool.ts'
import { privateFolder, writeWhole } from './durable-file.ts'

const waitingName = /^[0-9a-f]{64}\.json$/

/**
 * Keeps orders in a folder until they are answered, a file each: written aside, synced, renamed, for its owner only. What can
 * never be taken is left beside them as `….refused.json`, with the reason. Several processes may share the
 * folder, several accounts may not: whoever finds an order sends it as their own.
 */
export function fileSpool(folder: string): Spool {
  const nameOf = (key: string): string => createHash('sha256').update(key).digest('hex')
  const pathOf = (key: string, end = '.json'): string => join(folder, `${nameOf(key)}${end}`)
  const remove = (key: string): Promise<void> => rm(pathOf(key), { force: true })
  return {
    put: async (order) => {
      await privateFolder(folder)
      const path = pathOf(order.idempotencyKey)
      const waiting = await readOrder(path)
      // It would take the place of an order that nobody has yet.
      if (waiting !== undefined && waiting.body !== order.body) throw reused(order)
      await writeWhole(path, JSON.stringify(order), true)
    },
    remove,
    refuse: async (order, reason) => {
      const text = JSON.stringify({ ...order, reason }, undefined, 2)
      await writeWhole(pathOf(order.idempotencyKey, '.refused.json'), text, true)
      await remove(order.idempotencyKey)
    },
    waiting: async () => {
      await privateFolder(folder)
      const names = (await readdir(folder)).filter((name) => waitingName.test(name))
      const orders = await Promise.all(names.map((name) => readOrder(join(folder, name))))
      return orders.flatMap((order) => order ?? []).sort((one, other) => (one.storedAt < other.storedAt ? -1 : 1))
    },
  }
}

const reused = ({ idempotencyKey }: SpooledOrder): PrintcloudError =>
  new PrintcloudError({
    code: 'idempotency_key_reused',
    title: 'This Idempotency-Key was used with another body',
    detail: `Another order waits in the spool under ${idempotencyKey}. Use a new key for a new order.`,
    isRetryable: false,
  })

/** Undefined when another process has just sent it. What is no order of ours is said, not skipped. */
async function readOrder(path: string): Promise<SpooledOrder | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const value: unknown = JSON.parse(text)
  if (isSpooled(value)) return value
  throw new Error(`${path} is no spooled order; move it out of the folder`)
}

function isSpooled(value: unknown): value is SpooledOrder {
  if (typeof value !== 'object' || value === null) return false
  const texts = ['idempotencyKey', 'baseUrl', 'body', 'storedAt']
  return texts.every((name) => typeof Reflect.get(value, name) === 'string') && 'isTest' in value
}
