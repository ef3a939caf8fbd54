import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { parse } from '#contracts/parse.ts'
import { idle } from '../../bench/orders/idle.ts'
import { uploadPoster } from '../../bench/orders/upload-poster.ts'
import { addressesFrom, listeners } from '../../local/platform/addresses.ts'
import { forgetData } from '../../local/platform/folders.ts'
import type { Platform } from '../../local/platform/platform.ts'
import { startPlatform } from '../../local/platform/start-platform.ts'
import { freePorts } from '../../local/supervisor/ports.ts'

export type OrderPlatform = {
  readonly platform: Platform
  /** order-api itself, without the front door that would try again for the caller. */
  readonly apiUrl: string
  readonly secretKey: string
  readonly fileId: string
  /** Every order there is, page by page. */
  readonly allOrderIds: () => Promise<ReadonlySet<string>>
}

const Page = Type.Object({
  data: Type.Array(Type.Object({ id: Type.String() })),
  next: Type.Union([Type.String(), Type.Null()]),
})

/** A real platform of processes with only those that take orders, for as long as `use` works with it. */
export async function withOrderPlatform<T>(
  signal: AbortSignal,
  use: (platform: OrderPlatform) => Promise<T>,
): Promise<T> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'printcloud-promise-'))
  try {
    const port = await freePorts(listeners.length)
    const platform = await startPlatform({ dataFolder, port, without: idle }, signal)
    try {
      const { secretKey } = platform.local
      const apiUrl = addressesFrom(port).url('order-api')
      const fileId = await uploadPoster({ ...platform.local, apiUrl }, dataFolder)
      return await use({ platform, apiUrl, secretKey, fileId, allOrderIds: () => allOrderIds(apiUrl, secretKey) })
    } finally {
      await platform.close()
    }
  } finally {
    await forgetData(dataFolder)
    await rm(dataFolder, { recursive: true, force: true })
  }
}

async function allOrderIds(apiUrl: string, key: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const response: Response = await fetch(`${apiUrl}/v1/orders?limit=100${cursor && `&cursor=${cursor}`}`, {
      headers: { authorization: `Bearer ${key}` },
    })
    const page = parse('orders', Page, await response.json())
    for (const { id } of page.data) ids.add(id)
    cursor = page.next
  }
  return ids
}
