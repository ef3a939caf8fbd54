import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** What a print button reads with, in one file of a kilobyte (packed) for every browser from 2019 on. Nothing in it makes code out of text. */
export function bundleBrowser(source: string, target: string): void {
  buildSync({
    entryPoints: [join(source, 'browser', 'read-publication.ts')],
    outfile: target,
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2019', charset: 'utf8', logLevel: 'silent' },
    // The compiler's own settings beside it are not for browsers.
    tsconfigRaw: '{}',
  })
}
