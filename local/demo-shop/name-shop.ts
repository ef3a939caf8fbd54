import { join } from 'node:path'
import { Account } from '#contracts/order-api/account.ts'
import { parse } from '#contracts/parse.ts'
import type { LocalFile } from '../platform/local-file.ts'
import { rememberedKeys } from '../seed/keys.ts'

const shopName = 'Slow Water Press'
/** As local/seed/fill-database.ts calls it. */
const firstName = 'Test account'

/** Visitors are told who sells: the account of the demo is called like its shop, unless somebody has called it something else. */
export async function nameShop(dataFolder: string, { baseUrl }: LocalFile, signal: AbortSignal): Promise<void> {
  const { liveSecretKey } = await rememberedKeys(join(dataFolder, 'seed'))
  const headers = { authorization: `Bearer ${liveSecretKey}`, 'content-type': 'application/json' }
  const address = `${baseUrl}/v1/account`
  const { name } = parse('account', Account, await (await fetch(address, { headers, signal })).json())
  if (name !== firstName) return
  const body = JSON.stringify({ name: shopName })
  const answer = await fetch(address, { method: 'PATCH', headers, body, signal })
  if (!answer.ok) throw new Error(`The account was not renamed: ${answer.status} ${await answer.text()}`)
}
