import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const pages = join(import.meta.dirname, '..')
/** What pages load, by the name that they ask for. */
const entries: Readonly<Record<string, string>> = {
  'checkout.js': join(pages, 'checkout', 'main.ts'),
  'order.js': join(pages, 'order', 'main.ts'),
  'page.css': join(pages, 'page.css'),
}

const defaultPagesFolder = join(pages, '..', '..', '..', 'dist', 'pages')

/**
 * What pages load, packed, in `target`: files named by their content, and manifest.json that says which is which. Files are put there whole
 * and the manifest comes last, so that two of it at the same time, or a server that reads meanwhile, see nothing half-made.
 */
export async function buildPages(target: string = defaultPagesFolder): Promise<void> {
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
