import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the package has of the root's own package.json. */
type Root = { readonly version: unknown; readonly license: unknown }

/** Makes the built client in `folder` a package of its own: small, and with nothing to install beside it. */
export function writePackage(folder: string, root: string): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageOf(readRoot(root)), undefined, 2)}\n`)
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}

const readRoot = (root: string): Root => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const packageOf = ({ version, license }: Root) => ({
  name: 'printcloud-client',
  version,
  description: 'Client of the Printcloud order API: typed, no dependencies, Node from 18 on, browsers and workers.',
  license,
  type: 'module',
  sideEffects: false,
  engines: { node: '>=18' },
  types: './index.d.ts',
  exports: {
    '.': { types: './index.d.ts', default: './index.js' },
    './browser': { types: './browser/read.d.ts', default: './browser/read.js' },
    './node': { types: './node/index.d.ts', default: './node/index.js' },
    './package.json': './package.json',
  },
  files: ['**/*.js', '**/*.d.ts'],
})
