import { join } from 'node:path'
import { build } from 'esbuild'

const source = join(import.meta.dirname, '..')

/** Packages are modules; an executable of one file starts CommonJS only. */
export type BundleFormat = 'esm' | 'cjs'

/** The whole client with its libraries as one file of JavaScript. Legible: a fault's lines can be found in the source. */
export async function bundleClient(format: BundleFormat, version: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(source, 'main.ts')],
    ...{ bundle: true, write: false, platform: 'node', target: 'node20', charset: 'utf8', logLevel: 'error' },
    ...{ minifySyntax: true, minifyWhitespace: true, legalComments: 'none', treeShaking: true },
    format,
    define: { PRINT_CLIENT_VERSION: JSON.stringify(version) },
    // Libraries that are CommonJS ask for Node's own modules by `require`.
    ...(format === 'esm' ? { banner: { js: requireOfModules } } : {}),
    // Where the program lies is asked for in a checkout and a package only.
    logOverride: { 'empty-import-meta': 'silent' },
  })
  const [file] = outputFiles
  if (!file) throw new Error('esbuild made nothing of the print client')
  return file.contents
}

const requireOfModules =
  "import{createRequire as printcloudRequire}from'node:module';const require=printcloudRequire(import.meta.url);"
