import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** A TypeScript file of the product, with the specifiers it imports. */
export type SourceFile = { readonly path: string; readonly text: string; readonly imports: readonly string[] }

/** `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`. */
const importing = /^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s+'([^']+)'|\bimport\('([^']+)'\)/gm

/** Every tracked TypeScript file below a folder. */
export function sourceFiles(folder: string): SourceFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', `${folder}/*.ts`, `${folder}/*.tsx`],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  return listed
    .split('\n')
    .filter(Boolean)
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      return { path, text, imports: [...text.matchAll(importing)].map((match) => match[1] ?? match[2] ?? '') }
    })
}
