import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bundleClient } from './bundle.ts'
import { collectAssets } from './collect-assets.ts'

export const programName = 'printcloud-print-client'

/** What the package has of the root's own package.json. */
type Root = { readonly version: string; readonly license: string }

export const readRoot = (root: string): Root => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The print client as a package in `target`: one file of code, the files that it reads, and nothing to install beside it. */
export async function buildPackage(root: string, target: string): Promise<void> {
  const { version, license } = readRoot(root)
  const assets = collectAssets(root)
  const draft = `${target}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  try {
    const program = join(draft, `${programName}.mjs`)
    writeFileSync(program, `#!/usr/bin/env node\n${Buffer.from(await bundleClient('esm', version))}`, { mode: 0o755 })
    for (const [name, path] of Object.entries(assets)) {
      mkdirSync(dirname(join(draft, 'assets', name)), { recursive: true })
      copyFileSync(path, join(draft, 'assets', name))
    }
    writeFileSync(join(draft, 'package.json'), `${JSON.stringify(packageOf(version, license), undefined, 2)}\n`)
    copyFileSync(join(root, 'LICENSE'), join(draft, 'LICENSE'))
    copyFileSync(join(root, 'docs', 'facility-handbook.md'), join(draft, 'README.md'))
    rmSync(target, { recursive: true, force: true })
    cpSync(draft, target, { recursive: true })
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

const packageOf = (version: string, license: string) => ({
  name: programName,
  version,
  description:
    'Print client of Printcloud: fetches the jobs of one print shop and hands each over once. No dependencies.',
  license,
  type: 'module',
  bin: { [programName]: `${programName}.mjs` },
  engines: { node: '>=20.15' },
  files: [`${programName}.mjs`, 'assets'],
})
