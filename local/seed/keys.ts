import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { isApiKey, makeApiKey } from '../../services/order-api/auth/api-key.ts'

const Keys = Type.Object({
  secretKey: Type.String(),
  publishableKey: Type.String(),
  /** Orders that it makes are charged and printed: it stays in this file. */
  liveSecretKey: Type.String(),
  /** Of the platform's own checkout, which places what visitors pay. */
  checkoutLiveKey: Type.String(),
  checkoutTestKey: Type.String(),
  /** A key that no longer works, by which the test account of an older platform is found. */
  formerSecretKey: Type.Optional(Type.String()),
})
export type Keys = Static<typeof Keys>

/** The keys of the test account and of the checkout: made on the first start, the same ever after. The file is readable by its owner only. */
export async function rememberedKeys(folder: string): Promise<Keys> {
  const path = join(folder, 'keys.json')
  const known = await readKeys(path)
  const keys = completed(known)
  if (JSON.stringify(keys) !== JSON.stringify(known)) {
    await mkdir(folder, { recursive: true })
    await writeFile(path, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 })
  }
  return keys
}

/** Keys of the form that had no checksum are made anew (decision 0016). */
function completed(known: Partial<Keys>): Keys {
  const usable = (key: string | undefined): string | undefined => (key && isApiKey(key) ? key : undefined)
  const { secretKey, publishableKey, liveSecretKey, checkoutLiveKey, checkoutTestKey } = known
  const former = known.formerSecretKey ?? (usable(secretKey) === undefined ? secretKey : undefined)
  return {
    secretKey: usable(secretKey) ?? makeApiKey('secret', true),
    publishableKey: usable(publishableKey) ?? makeApiKey('publishable', true),
    liveSecretKey: usable(liveSecretKey) ?? makeApiKey('secret', false),
    checkoutLiveKey: usable(checkoutLiveKey) ?? makeApiKey('secret', false),
    checkoutTestKey: usable(checkoutTestKey) ?? makeApiKey('secret', true),
    ...(former === undefined ? {} : { formerSecretKey: former }),
  }
}

async function readKeys(path: string): Promise<Partial<Keys>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    return Check(Type.Partial(Keys), content) ? content : {}
  } catch {
    // Absent on the first start; damaged means new keys, which is all that can be done.
    return {}
  }
}
