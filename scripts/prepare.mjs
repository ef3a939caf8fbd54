// Runs before every npm script, on the machine's own Node: plain JavaScript, no dependency.
// Promise: afterwards node_modules is what package-lock.json says; nothing happens when it already is.
import { spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const oldestNode = 20
const lockPath = join(root, '.printcloud', 'install.lock')
const waitForOtherMs = 10 * 60_000

function main() {
  if (Number(process.versions.node.split('.')[0]) < oldestNode) {
    fail(
      `Printcloud needs Node ${oldestNode} or newer to install itself.`,
      `This machine runs Node ${process.versions.node}.`,
      'Install a newer Node (https://nodejs.org) and run the same command again.',
    )
  }
  if (isInstalled()) return
  takeLock()
  try {
    // Another npm command may have installed everything while this one waited.
    if (!isInstalled()) install()
  } finally {
    rmSync(lockPath, { force: true })
  }
}

/** Whether npm's record of node_modules names every package of the lockfile; optional ones may be for other machines. */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const found = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (wanted === undefined) return found !== undefined
  if (found === undefined) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const there = found[path]
    if (there === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true
    return there.version === entry.version && there.integrity === entry.integrity
  })
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    // Absent or half-written: as good as not installed.
    return undefined
  }
}

function install() {
  process.stderr.write('Installing dependencies (npm ci), once; this takes half a minute …\n')
  const startedAt = Date.now()
  const result = runNpm(['ci', '--loglevel=error', '--no-audit', '--no-fund'])
  if (result.status !== 0 || !isInstalled()) {
    process.stderr.write(`${result.stderr ?? ''}`)
    rmSync(lockPath, { force: true })
    fail(
      'The dependencies could not be installed.',
      result.error
        ? `npm did not start: ${result.error.message}`
        : `npm ci ended with exit code ${result.status}; its words are above.`,
      'Check the network (or the npm registry setting), then run the same command again.',
    )
  }
  process.stderr.write(`Dependencies installed in ${Math.round((Date.now() - startedAt) / 1000)} s.\n`)
}

/** npm on the Node that npm itself runs on: the one in node_modules is about to be replaced. */
function runNpm(args) {
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 64 * 1024 * 1024 }
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js') || cli?.endsWith('.cjs')) {
    return spawnSync(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options)
  }
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** Two commands on a fresh clone must not install into each other; the lock of a dead process does not count. */
function takeLock() {
  mkdirSync(dirname(lockPath), { recursive: true })
  const until = Date.now() + waitForOtherMs
  let isTold = false
  for (;;) {
    try {
      writeSync(openSync(lockPath, 'wx'), String(process.pid))
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const owner = ownerOfLock()
    if (owner !== undefined && !isAlive(owner)) {
      rmSync(lockPath, { force: true })
      continue
    }
    if (Date.now() > until) {
      fail(
        'Another npm command has been installing for more than 10 minutes.',
        `Process ${owner} holds .printcloud/install.lock.`,
        'End it, then run the same command again.',
      )
    }
    if (!isTold) process.stderr.write('Another npm command is installing the dependencies; waiting for it …\n')
    isTold = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  }
}

function ownerOfLock() {
  try {
    const pid = Number(readFileSync(lockPath, 'utf8'))
    // Empty for the blink between making the file and writing the pid.
    return pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function fail(what, why, action) {
  process.stderr.write(`${what}\n${why}\n${action}\n`)
  process.exit(1)
}

main()
