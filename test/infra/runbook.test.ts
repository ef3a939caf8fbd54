import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { givenSettings } from '../../infra/given-settings.ts'
import { names } from '../../infra/names.ts'
import { account, all, installation, standbyTemplate } from './synthesized.ts'

const runbook = readFileSync('docs/runbook.md', 'utf8')
const settings = givenSettings(installation, {})
const headings = [...runbook.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading)
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-')

/** Commands as they run with the variables that the runbook sets. */
const told = runbook
  .replaceAll('$STAGE', settings.stage)
  .replaceAll('$ACCOUNT', account)
  .replaceAll('$PRIMARY', settings.region)
  .replaceAll('$STANDBY', settings.standbyRegion)

test('a take-over has its steps in this order, each under its name', () => {
  const steps = ['fence', 'restore', 'reconcile', 'point', 'open', 'return']
  expect(headings.filter((heading) => steps.includes(heading))).toEqual(steps)
  expect([...runbook.matchAll(/^\| \[([a-z]+)\]\(#([a-z]+)\) \|/gm)].map(([, name]) => name)).toEqual(steps)
})

test('every link of the runbook leads somewhere', () => {
  for (const [, target = ''] of runbook.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith('#')) expect(headings.map(anchor)).toContain(target.slice(1))
    else if (!target.startsWith('https:')) expect(existsSync(`docs/${target.replace(/#.*$/, '')}`), target).toBe(true)
  }
})

test('every command of ours that the runbook names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const [, name = ''] of runbook.matchAll(/npm run (?:-s )?([a-z:]+)/g))
    expect(Object.keys(scripts)).toContain(name)
  const help = readFileSync('services/order-api/operator/help.ts', 'utf8')
  for (const [, command = ''] of runbook.matchAll(/npm run operator -- ([a-z-]+)/g))
    expect(help).toContain(`  ${command} `)
})

test('what the runbook calls by name has that name in the templates', () => {
  const template = standbyTemplate([...installation, 'standby=awake'])
  const known = [
    ...all(template, 'S3::Bucket').map(({ BucketName }) => BucketName),
    ...all(template, 'AutoScaling::AutoScalingGroup').map(({ AutoScalingGroupName }) => AutoScalingGroupName),
    ...all(template, 'RDS::DBCluster').map(({ DBClusterIdentifier }) => DBClusterIdentifier),
    ...['sources', 'print-files', 'documents', 'bundles'].map((kind) => `printcloud-prod-${kind}-${account}-eu-west-1`),
    ...['standby', 'read-path', 'files'].map((part) => names.stack(settings, part)),
    names.databaseCluster(settings, settings.region),
    names.globalDatabase(settings),
  ].map(String)
  const services = ['order-api', 'order-worker', 'processor']
  const meant = [...told.matchAll(/printcloud-prod-?[a-z0-9-]*(\$\{pair%:\*\}|\$kind[a-z0-9-]*)?/g)].flatMap(
    ([text]) => {
      if (text.includes('pair%')) return services.map((service) => text.replace(/\$\{pair%:\*\}/, service))
      return text.includes('$kind') ? ['sources', 'print-files'].map((kind) => text.replace('$kind', kind)) : [text]
    },
  )
  expect(meant.length).toBeGreaterThan(15)
  // A name that ends in a dash is the beginning of several.
  expect(meant.filter((name) => !name.endsWith('-') && !known.includes(name))).toEqual([])
})
