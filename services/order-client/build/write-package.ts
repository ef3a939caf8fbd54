import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { parse } from '#contracts/parse.ts'

const Root = Type.Object({ version: Type.String(), license: Type.String() })

/** Makes the built client in `folder` a package of its own: small, and with nothing to install beside it. */
export function writePackage(folder: string, root: string): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packageOf(readRoot(root)), undefined, 2)}\n`)
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
}

const readRoot = (root: string): Static<typeof Root> =>
  parse('package.json', Root, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

const packageOf = ({ version, license }: Static<typeof Root>) => ({
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
    './node': { types: './node/index.d.ts', default: './node/index.js' },
    './package.json': './package.json',
  },
  files: ['**/*.js', '**/*.d.ts'],
})
