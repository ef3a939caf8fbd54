import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'

/** What every browser has had since 2021; of ES2022 it uses public class fields only. */
const target = 'es2022'

const defaultButtonFile = join(import.meta.dirname, '..', '..', '..', 'dist', 'button', 'button.js')

/** The print button in one file, which is put there whole; the same sources give the same bytes. */
export function bundleButton(file: string = defaultButtonFile): void {
  const { outputFiles } = buildSync({
    entryPoints: [join(import.meta.dirname, '..', 'button', 'button.ts')],
    write: false,
    ...{ bundle: true, minify: true, format: 'iife', target, charset: 'utf8', logLevel: 'silent' },
    // The compiler's own settings beside it are not for browsers.
    tsconfigRaw: '{}',
  })
  const [output] = outputFiles
  if (!output) throw new Error('esbuild made nothing of the button')
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  // What is minified breaks lines only within its style.
  writeFileSync(draft, output.text.replaceAll('\n', ''))
  renameSync(draft, file)
}
