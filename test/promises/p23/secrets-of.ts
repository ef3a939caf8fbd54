import { join } from 'node:path'
import { createKeyring } from '#chassis/keyring.ts'
import { salePathOf } from '#contracts/published/sale-paths.ts'
import type { Addresses } from '../../../local/platform/addresses.ts'
import { rememberedMasterKeys } from '../../../local/platform/platform-keys.ts'
import { rememberedKeys } from '../../../local/seed/keys.ts'
import { type Canary, signatureIn } from './canaries.ts'
import { itemsOf } from './look-everywhere.ts'

type World = { readonly dataFolder: string; readonly addresses: Addresses }
type Made = { readonly publication: string; readonly checkout: string; readonly order: string; readonly page: string }

/** All that lets somebody do something. */
export async function secretsOf({ dataFolder, addresses }: World, made: Made): Promise<readonly Canary[]> {
  const keys = await rememberedKeys(join(dataFolder, 'seed'))
  const masterKeys = await rememberedMasterKeys(dataFolder)
  const sale = salePathOf(createKeyring(masterKeys).sign, made.publication)
  const items = await itemsOf(addresses)
  const quote = items.map(({ text }) => /"quoteId":"([^"]+)"/.exec(text)?.[1] ?? '').find((each) => each !== '') ?? ''
  return [
    { name: 'a secret key', text: keys.secretKey },
    { name: 'a live key', text: keys.liveSecretKey },
    { name: 'the key of the checkout', text: keys.checkoutTestKey },
    { name: 'the live key of the checkout', text: keys.checkoutLiveKey },
    { name: 'a master key', text: masterKeys },
    { name: 'a key of the payments', text: 'standInOfThisMachine' },
    { name: 'a link to a checkout', text: signatureIn(made.checkout) },
    { name: 'a link to an order', text: signatureIn(made.order) },
    { name: 'the address of a sale document', text: /-([\w-]{22})\.json$/.exec(sale)?.[1] ?? '' },
    { name: 'a quote', text: quote },
    { name: 'a payment page', text: new URL(made.page).pathname },
    { name: 'a link that opens a file', text: 'X-Amz-Signature' },
  ]
}
