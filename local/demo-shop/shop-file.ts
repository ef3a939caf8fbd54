import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

/** What the demo shop sells: what its page shows, and what it knows again on the next start. */
export const ShopFile = Type.Object({
  things: Type.Array(
    Type.Object({
      publication: Type.String(),
      documentUrl: Type.String(),
      title: Type.String(),
      kind: Type.String(),
      words: Type.String(),
      button: Type.String(),
      picture: Type.Optional(Type.Object({ path: Type.String(), widthPx: Type.Number(), heightPx: Type.Number() })),
    }),
  ),
  /** Pictures of things are still being drawn. */
  awaitsPictures: Type.Optional(Type.Boolean()),
})
export type ShopFile = Static<typeof ShopFile>
export type Thing = ShopFile['things'][number]

/** It goes with the data of the platform: `--fresh` forgets it. */
export const shopFileIn = (dataFolder: string): string => join(dataFolder, 'seed', 'shop.json')

/** Written aside and renamed: a reader sees all of it. */
export async function writeShopFile(path: string, shop: ShopFile): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(shop, undefined, 2)}\n`)
  await rename(`${path}.new`, path)
}

/** Undefined when it is absent or not understood. */
export async function readShopFile(path: string): Promise<ShopFile | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const content = parsed(text)
  return Value.Check(ShopFile, content) ? content : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
