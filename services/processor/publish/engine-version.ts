import { readFileSync } from 'node:fs'

/**
 * Part of every content hash: raise it whenever the same inputs would give other bytes, so that no old print file is
 * taken for a new one.
 */
export const engineVersion = 'printcloud-processor/5'

const packages = { sharp: 'sharp', pdfium: '@hyzyla/pdfium', heif: 'libheif-js', fonts: 'subset-font' } as const

/** What the engine was built of, for the receipt. */
export function versions(): Readonly<Record<string, string>> {
  const entries = Object.entries(packages).map(([name, folder]) => [name, versionOf(folder)] as const)
  return { node: process.versions.node, ...Object.fromEntries(entries) }
}

function versionOf(folder: string): string {
  const file = new URL(`../../../node_modules/${folder}/package.json`, import.meta.url)
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const version: unknown = typeof read === 'object' && read !== null && 'version' in read ? read.version : undefined
  return typeof version === 'string' ? version : 'unknown'
}
