import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** What pages load: the name that they ask for, and the file that it is packed from. */
export type PageEntries = Readonly<Record<string, string>>

/**
 * Packs what pages load into `target`: files named by their content, and manifest.json that says which is which. Files are put there whole
 * and the manifest comes last, so that two of it at the same time, or a server that reads meanwhile, see nothing half-made.
 */
export async function packPages(entries: PageEntries, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  const manifest: Record<string, string> = {}
  for (const [name, source] of Object.entries(entries)) {
    if (existsSync(source)) manifest[name] = await packed(source, target)
  }
  await put(join(target, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
}

async function packed(source: string, target: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    outdir: target,
    entryNames: `${basename(join(source, '..'))}-[name]-[hash]`,
    ...{
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      logLevel: 'silent',
      write: false,
    },
    legalComments: 'none',
    // The compiler's own settings beside it are not for browsers.
    tsconfigRaw: '{}',
  })
  const [file] = outputFiles
  if (!file) throw new Error(`esbuild made nothing of ${source}`)
  await put(file.path, file.contents)
  return basename(file.path)
}

async function put(path: string, contents: string | Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}`
  await writeFile(draft, contents)
  await rename(draft, path)
}
