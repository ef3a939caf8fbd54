import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { programName, readRoot } from './build-package.ts'
import { bundleClient } from './bundle.ts'
import { collectAssets } from './collect-assets.ts'
import { fetchNode } from './fetch-node.ts'
import { blobMakers, type PlatformName, platforms, thisPlatform } from './platforms.ts'

/** Node looks for it to learn whether it carries a program; the last digit becomes 1. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

export type ExecutableOptions = {
  readonly root: string
  readonly target: string
  readonly platform: PlatformName
  /** A Node of this machine in the place of the one from npm. */
  readonly node?: string
}
export type Executable = {
  readonly path: string
  readonly sizeBytes: number
  readonly nodeVersion: string
  /** The program, as it lies in the executable. */
  readonly blob: Buffer
}

/** The print client and Node as one file that needs nothing else. Throws unless the program is found in what was written. */
export async function buildExecutable({ root, target, platform, node }: ExecutableOptions): Promise<Executable> {
  const { binary, fileSuffix, node: pinned } = platforms[platform]
  const cache = join(root, '.printcloud', 'node-binaries')
  const nodeVersion = node === undefined ? pinned.version : versionOf(node)
  mkdirSync(target, { recursive: true })
  const draft = mkdtempSync(join(target, '.draft-'))
  try {
    const blob = await makeBlob(root, draft, node ?? makerOf(nodeVersion, cache))
    const path = join(draft, 'executable')
    copyFileSync(node ?? installedNode(root, platform) ?? fetchNode(pinned, binary, cache), path)
    chmodSync(path, 0o755)
    inject(root, path, blob, platform.startsWith('macos') ? ['--macho-segment-name', 'NODE_SEA'] : [])
    const made = readFileSync(path)
    const program = readFileSync(blob)
    if (!carries(made, program)) throw new Error(`The program is not in the executable for ${platform}`)
    const name = join(target, `${programName}-${platform}${fileSuffix}`)
    renameSync(path, name)
    return { path: name, sizeBytes: made.length, nodeVersion, blob: program }
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** The Node that the lockfile names is there already, where it is the one that is wanted. */
function installedNode(root: string, platform: PlatformName): string | undefined {
  const { binary, node } = platforms[platform]
  const path = join(root, 'node_modules', 'node', binary)
  const isWanted = platform === thisPlatform() && existsSync(path) && versionOf(path) === node.version
  return isWanted ? path : undefined
}

/** Whether `executable` has `blob` in it and Node is told to start it. */
export const carries = (executable: Buffer, blob: Buffer): boolean =>
  executable.includes(blob) && executable.includes(`${fuse}:1`)

async function makeBlob(root: string, draft: string, maker: string): Promise<string> {
  const main = join(draft, 'main.cjs')
  const output = join(draft, 'program.blob')
  writeFileSync(main, await bundleClient('cjs', readRoot(root).version))
  const config = join(draft, 'sea-config.json')
  // Neither snapshot nor code cache: both belong to one kind of processor.
  const settings = { main, output, disableExperimentalSEAWarning: true, useSnapshot: false, useCodeCache: false }
  writeFileSync(config, JSON.stringify({ ...settings, assets: collectAssets(root) }))
  run(maker, ['--experimental-sea-config', config])
  return output
}

/** The form of a blob belongs to the version of Node that reads it, so that a Node of that very version writes it. */
function makerOf(version: string, cache: string): string {
  if (process.versions.node === version) return process.execPath
  const maker = blobMakers.find((each) => each.version === version)
  if (maker !== undefined && thisPlatform() === 'linux-x64') return fetchNode(maker, 'bin/node', cache)
  throw new Error(
    `An executable with Node ${version} is built on Linux x64, or where Node ${version} runs the build; here runs ${process.versions.node} on ${process.platform}-${process.arch}`,
  )
}

function versionOf(node: string): string {
  return run(node, ['--version']).trim().replace(/^v/, '')
}

function inject(root: string, path: string, blob: string, more: readonly string[]): void {
  const postject = join(root, 'node_modules', 'postject', 'dist', 'cli.js')
  run(process.execPath, [postject, path, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse, ...more])
}

function run(command: string, words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} failed:\n${error?.message ?? `${stdout}${stderr}`}`)
  return stdout
}
