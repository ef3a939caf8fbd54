// How the commands of a checkout start on whatever Node the machine has: plain JavaScript, no dependency.
// Promise: installs what is missing, then hands over to the Node that the lockfile names, in the caller's folder.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))

/** Runs `main` (a path in the checkout) with `words`, and ends as it ends. `made`: a file that `maker` makes where it is not there. */
export function runOnOwnNode(main, words, { made, maker } = {}) {
  const prepared = spawnSync(process.execPath, [join(root, 'scripts', 'prepare.mjs')], { stdio: ['ignore', 2, 2] })
  if (prepared.status !== 0) process.exit(prepared.status ?? 1)

  const own = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const node = existsSync(own) ? own : process.execPath
  if (made && !existsSync(join(root, made)))
    spawnSync(node, [join(root, maker)], { cwd: root, stdio: ['ignore', 2, 2] })
  const child = spawn(node, [join(root, ...main.split('/')), ...words], {
    stdio: 'inherit',
    // Half of a start is stripping types and compiling: done once a machine.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'printcloud'), ...process.env },
  })
  // Ctrl-C reaches both; the child says how it ends.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name))
  child.once('error', (error) => {
    process.stderr.write(`Printcloud does not start.\n${error.message}\nRun "npm ci" in ${root}, then try again.\n`)
    process.exit(70)
  })
  child.once('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
}
