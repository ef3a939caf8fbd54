import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildExecutable } from './build-executable.ts'
import { buildPackage } from './build-package.ts'
import { isPlatformName, platforms, thisPlatform } from './platforms.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const help = `Builds the print client.

npm run build:print-client                           the package, in dist/print-client
npm run build:print-client -- --sea                  one executable for this machine, in dist/print-client-executables
npm run build:print-client -- --sea --platform NAME  for another: ${Object.keys(platforms).join(', ')}
npm run build:print-client -- --sea --node FILE      with a Node of this machine instead of the one from npm
`
const { values } = parseArgs({
  options: {
    sea: { type: 'boolean' },
    platform: { type: 'string' },
    node: { type: 'string' },
    help: { type: 'boolean' },
  },
})
const platform = values.platform ?? thisPlatform() ?? 'unknown'

if (values.help) process.stdout.write(help)
else if (!values.sea) {
  const target = join(root, 'dist', 'print-client')
  await buildPackage(root, target)
  process.stdout.write(`${target}: pack it with "npm pack ./dist/print-client"\n`)
} else if (isPlatformName(platform)) {
  const target = join(root, 'dist', 'print-client-executables')
  const node = values.node === undefined ? {} : { node: values.node }
  const { path, sizeBytes, nodeVersion } = await buildExecutable({ root, target, platform, ...node })
  process.stdout.write(`${path}: ${(sizeBytes / 1024 / 1024).toFixed(1)} MiB, Node ${nodeVersion}\n`)
} else {
  process.stderr.write(`There is no platform "${platform}".\n\n${help}`)
  process.exitCode = 2
}
