import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Shop } from './shop.ts'

export type Size = { readonly name: string; readonly plain: number; readonly gzip: number; readonly brotli: number }

const root = join(import.meta.dirname, '..', '..')

/** What a visitor's browser loads: the button, and with the first step of the checkout its page, script and style sheet. */
export async function measureSizes({ checkoutUrl, publication }: Shop): Promise<readonly Size[]> {
  const page = await (await fetch(`${checkoutUrl}/checkout?publication=${publication}`)).text()
  const assets = [
    ...new Set([...page.matchAll(/(?:src|href)="([^"]*\/checkout\/assets\/[^"]+)"/g)].map(([, at]) => at)),
  ]
  const loaded = await Promise.all(
    assets.map(async (at = '') => {
      const text = await (await fetch(new URL(at, checkoutUrl))).text()
      return sizeOf(at.endsWith('.css') ? 'checkout.css' : 'checkout.js', Buffer.from(text))
    }),
  )
  const button = await readFile(join(root, 'dist', 'button', 'button.js'))
  return [sizeOf('button.js', button), sizeOf('the page', Buffer.from(page)), ...loaded]
}

const sizeOf = (name: string, bytes: Buffer): Size => ({
  name,
  plain: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes).length,
})
