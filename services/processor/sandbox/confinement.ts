import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { codeCache } from './code-cache.ts'

/** How the child is shut in on this machine, strongest first: files and network, network only, limits only. */
export type Confinement = 'bubblewrap' | 'network namespace' | 'limits only'

const root = join(import.meta.dirname, '../../..')
/** What the child may read: its own code and libraries. No home folders, no data of the platform, no credentials. */
const code = ['services', 'node_modules', 'package.json'].map((name) => join(root, name))
const systemLibraries = ['/usr', '/bin', '/lib', '/lib64', '/etc/ld.so.cache', '/nix/store']

/** Bytes of heap and anonymous memory; an address-space limit would kill WebAssembly, which reserves much and uses little. */
const memoryKiB = 1_600_000
const cpuSeconds = 300
/** In blocks of 512 bytes: 4 GiB. */
const fileBlocks = 8_388_608

/**
 * MiB. Documents make many small objects that die young: of 10,000 pages a small young generation takes half the memory of the
 * usual one, and no more time.
 */
const heap = ['--max-old-space-size=1024', '--max-semi-space-size=2']

/** Tries once what the kernel permits. */
export async function detectConfinement(): Promise<Confinement> {
  if (process.platform !== 'linux') return 'limits only'
  for (const candidate of ['bubblewrap', 'network namespace'] as const) {
    const [command, ...rest] = wrapped(candidate, '/nonexistent', [process.execPath, '--version'])
    if (command && (await succeeds(command, rest))) return candidate
  }
  return 'limits only'
}

async function succeeds(command: string, rest: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)(command, rest, { timeout: 5000, env: {} })
    return true
  } catch {
    // Not installed, or not permitted here: the next weaker way is tried, and the log says which one holds.
    return false
  }
}

/** The command that starts `script` in `folder` with its limits set before the first byte of it runs. */
export function confinedCommand(how: Confinement, script: string, folder: string): readonly [string, ...string[]] {
  const node = [process.execPath, ...permissions(how, folder), ...heap, script, folder]
  return confinedTool(how, node, folder)
}

/** Any command, shut in like the converter: its limits are set before the first byte of it runs. */
export function confinedTool(
  how: Confinement,
  command: readonly string[],
  folder: string,
): readonly [string, ...string[]] {
  const limits = [`ulimit -d ${memoryKiB}`, `ulimit -t ${cpuSeconds}`, `ulimit -f ${fileBlocks}`, 'ulimit -c 0']
  const shell = `${limits.map((limit) => `${limit} 2>/dev/null`).join('; ')}; exec "$@"`
  return ['/bin/sh', '-c', shell, 'sandbox', ...wrapped(how, folder, command)]
}

/** What a converter needs to find its compiled code. Only where the kernel, not Node alone, keeps it from writing there. */
export const codeCacheOf = (how: Confinement): Readonly<Record<string, string>> =>
  how === 'bubblewrap' && existsSync(codeCache) ? { NODE_COMPILE_CACHE: codeCache } : {}

/** Node's own guard: JavaScript in the child opens no file outside and starts no program; threads are held by the same guard. */
function permissions(how: Confinement, folder: string): string[] {
  const read = [...code, folder].map((path) => `--allow-fs-read=${path}`)
  return [
    '--permission',
    '--allow-addons',
    '--allow-worker',
    ...read,
    `--allow-fs-write=${folder}`,
    // Node uses no compiled code where it may not write; in bubblewrap this folder is read-only whatever Node believes.
    ...Object.values(codeCacheOf(how)).map((path) => `--allow-fs-write=${path}`),
    '--disable-warning=SecurityWarning',
  ]
}

function wrapped(how: Confinement, folder: string, command: readonly string[]): readonly string[] {
  if (how === 'limits only') return command
  if (how === 'network namespace') return ['unshare', '--user', '--map-root-user', '--net', ...command]
  const readable = [...systemLibraries, dirname(dirname(process.execPath)), ...code]
  const binds = readable.flatMap((path) => ['--ro-bind-try', path, path])
  return [
    'bwrap',
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...binds,
    ...['--bind-try', folder, folder],
    // What would be written beside the job folder would lie in memory that no limit counts.
    ...['/tmp', '/dev', '/'].flatMap((path) => ['--remount-ro', path]),
    ...['--chdir', '/', '--'],
    ...command,
  ]
}
