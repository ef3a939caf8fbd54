import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildPrintPage } from '../../services/button-checkout/pages/build/build-print-page.ts'
import { buildExecutable, carries } from '../../services/print-client/build/build-executable.ts'
import { buildPackage } from '../../services/print-client/build/build-package.ts'
import { platforms } from '../../services/print-client/build/platforms.ts'
import { jobsIn, openWorld, type World } from './print-client-world.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
const soon = { timeout: 60_000, interval: 20 }
const root = join(import.meta.dirname, '..', '..')

let world: World
let folder: string
beforeAll(async () => {
  world = await openWorld()
  await buildPrintPage()
  folder = mkdtempSync(join(tmpdir(), 'print-client-package-'))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** What a program is given: no address of this repository, no credentials but those of the local cloud. */
const environment = () => ({ ...world.environment, HOME: folder })

function answerOf(command: readonly [string, ...string[]]): string {
  const [program, ...words] = command
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, env: environment(), encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}:\n${stderr}`)
  return stdout
}

/** The first words of any shop, and one job from its ticket to its folder. */
async function worksAsPrintClient(name: string, command: readonly [string, ...string[]]): Promise<void> {
  expect(answerOf([...command, '--version'])).toBe(`${versionOfRoot()}\n`)
  expect(answerOf([...command, '--help'])).toContain('printcloud-print-client --config FILE')
  const config = world.configOf(name)
  const configPath = join(world.folder, `${name}.json`)
  writeFileSync(configPath, JSON.stringify({ ...config, page: { port: 0 } }))
  expect(answerOf([...command, '--config', configPath, 'jobs'])).toContain('0 open, 0 finished')
  const [program, ...words] = command
  const child = spawn(program, [...words, '--config', configPath], {
    ...{ cwd: folder, env: environment() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  child.stdout.on('data', (chunk) => {
    log += String(chunk)
  })
  try {
    const ticket = await world.makeTicket()
    await world.send(ticket)
    await vi.waitFor(() => expect(jobsIn(config.hotFolder)).toEqual([ticket.jobId]), soon)
    // What it reads besides its code is there: typefaces for the sheet, and its page.
    expect(readdirSync(join(config.hotFolder, ticket.jobId))).toContain('job-sheet.pdf')
    await vi.waitFor(() => expect(log).toContain('page_open'), soon)
    const [address = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(log) ?? []
    const page = await fetch(address)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<script')])
    await vi.waitFor(async () => expect(await world.statuses()).toMatchObject([{ status: 'accepted' }]), soon)
    expect(answerOf([...command, '--config', configPath, 'jobs'])).toContain('0 open, 1 finished')
  } finally {
    await end(child)
  }
  expect(child.exitCode).toBe(0)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

const versionOfRoot = (): unknown => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

/** The machine's own Node as well as ours: a shop has whatever it has. */
function nodesOfThisMachine(): readonly string[] {
  const found = spawnSync('which', ['-a', 'node'], { encoding: 'utf8' }).stdout.split('\n')
  const others = found.filter((path) => path !== '' && !path.includes('node_modules'))
  return [process.execPath, ...others.slice(0, 1)].filter(isNewEnough)
}

function isNewEnough(node: string): boolean {
  const [major = 0, minor = 0] = spawnSync(node, ['--version'], { encoding: 'utf8' })
    .stdout.replace('v', '')
    .split('.')
    .map(Number)
  return major > 20 || (major === 20 && minor >= 15)
}

test('the package, installed into an empty folder without a network, is a whole print client on plain Node', async () => {
  const built = join(folder, 'built')
  await buildPackage(root, built)
  const [packed] = JSON.parse(
    spawnSync('npm', ['pack', built, '--json', '--pack-destination', folder], { cwd: folder, encoding: 'utf8' }).stdout,
  )
  const home = join(folder, 'shop')
  const installed = spawnSync(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', '--prefix', home, join(folder, packed.filename)],
    { cwd: folder, encoding: 'utf8' },
  )
  expect([installed.status, installed.stderr.replaceAll(/^npm warn.*\n/gm, '')]).toEqual([0, ''])
  expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'printcloud-print-client',
  ])
  const program = join(home, 'node_modules', '.bin', 'printcloud-print-client')
  for (const [place, node] of nodesOfThisMachine().entries()) {
    process.stdout.write(`print client as a package on Node ${answerOf([node, '--version'])}`)
    await worksAsPrintClient(`package-${place}`, [node, program])
  }
})

test.runIf(process.platform === 'linux' && process.arch === 'x64')(
  'the executable for Linux x64 needs nothing else: it answers, and takes a job',
  async () => {
    const { path, sizeBytes, nodeVersion } = await buildExecutable({ root, target: folder, platform: 'linux-x64' })
    process.stdout.write(`linux-x64: ${(sizeBytes / 1024 / 1024).toFixed(1)} MiB, Node ${nodeVersion}; built and run\n`)
    await worksAsPrintClient('executable', [path])
  },
)

const others = (['linux-arm64', 'windows-x64', 'macos-x64', 'macos-arm64'] as const).filter(() => isBuilder())

/** Executables for other machines are built on Linux x64 alone. */
function isBuilder(): boolean {
  return process.platform === 'linux' && process.arch === 'x64'
}

const magic = { 'linux-arm64': '7f454c46', 'windows-x64': '4d5a', 'macos-x64': 'cffaedfe', 'macos-arm64': 'cffaedfe' }

test.each(others)('the executable for %s is built with the program in it', async (platform) => {
  const { path, sizeBytes, nodeVersion, blob } = await buildExecutable({ root, target: folder, platform })
  process.stdout.write(
    `${platform}: ${(sizeBytes / 1024 / 1024).toFixed(1)} MiB, Node ${nodeVersion}; built, not run\n`,
  )
  const made = readFileSync(path)
  expect(made.toString('hex', 0, magic[platform].length / 2)).toBe(magic[platform])
  expect(carries(made, blob)).toBe(true)
  expect(blob.includes('printcloud-print-client --config FILE')).toBe(true)
  expect(path.endsWith(platforms[platform].fileSuffix)).toBe(true)
  rmSync(path)
})
