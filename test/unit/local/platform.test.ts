import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from '#contracts/catalogue/catalogue.ts'
import { Facility } from '#contracts/facility.ts'
import { parse } from '#contracts/parse.ts'
import { localFacilities } from '../../../local/facilities.ts'
import { addressesFrom, listeners } from '../../../local/platform/addresses.ts'
import { buildPagesStepName } from '../../../local/platform/checkout-processes.ts'
import { processesOf } from '../../../local/platform/processes.ts'
import { seedStepName } from '../../../local/platform/seed-step-name.ts'

describe('the facilities of a laptop', () => {
  test('are at least three, in three countries, as the contract wants them', () => {
    for (const facility of localFacilities) parse('facility', Facility, facility)
    expect(new Set(localFacilities.map(({ country }) => country)).size).toBeGreaterThanOrEqual(3)
  })

  test('can make every product, several of them in two places, none everything', () => {
    const skus = catalogue.map(({ sku }) => sku)
    const makers = skus.map((sku) =>
      localFacilities.filter(({ products }) => products.some((each) => each.sku === sku)),
    )
    for (const [index, each] of makers.entries()) expect(each.length, skus[index]).toBeGreaterThanOrEqual(1)
    expect(makers.filter((each) => each.length >= 2).length).toBeGreaterThanOrEqual(4)
    for (const { products } of localFacilities) expect(products.length).toBeLessThan(skus.length)
  })

  test('name only products that exist', () => {
    const skus = catalogue.map(({ sku }) => sku)
    for (const { products } of localFacilities) for (const { sku } of products) expect(skus).toContain(sku)
  })
})

describe('the processes', () => {
  const processes = processesOf({
    dataFolder: '/data',
    addresses: addressesFrom(4400),
    facilities: localFacilities,
    allowedSources: ['http://127.0.0.1:9'],
    allowedWebhooks: ['http://127.0.0.1:8'],
    shopStepMilliseconds: 1,
    masterKeys: 'bWFzdGVy',
    checkoutKeys: { live: 'sk_live_x', test: 'sk_test_x' },
    cacheFolder: '/cache',
  })

  test('are modules that exist, each with a name of its own', () => {
    for (const { name, module } of processes) expect(existsSync(module), name).toBe(true)
    expect(new Set(processes.map(({ name }) => name)).size).toBe(processes.length)
  })

  test('wait for names that exist, and never in a circle', () => {
    const known = new Map(
      [...processes, { name: seedStepName, after: ['data-api'] }, { name: buildPagesStepName, after: [] }].map(
        (each) => [each.name, each.after],
      ),
    )
    const visit = (name: string, path: readonly string[]): void => {
      expect(path).not.toContain(name)
      const after = known.get(name)
      expect(after, name).toBeDefined()
      for (const needed of after ?? []) visit(needed, [...path, name])
    }
    for (const { name } of processes) visit(name, [])
  })

  test('listen each on a port of its own, all in a row from the base port', () => {
    const ports = processes.flatMap(({ environment }) => environment.LISTEN_PORT ?? [])
    const pages = listeners.filter((each) => each.startsWith('page-')).map((each) => addressesFrom(4400).port(each))
    expect([...ports.map(Number), ...pages].toSorted()).toEqual(listeners.map((_, index) => 4400 + index))
  })

  test('see the stand-in cloud and never the login of whoever started them', () => {
    const services = processes.filter(({ environment }) => environment.AWS_REGION !== undefined)
    expect(services.length).toBeGreaterThan(5)
    for (const { environment } of services) {
      expect(environment.AWS_ENDPOINT_URL_S3).toMatch(/^http:\/\/127\.0\.0\.1:/)
      expect(environment.AWS_EC2_METADATA_DISABLED).toBe('true')
      expect(environment.AWS_CONFIG_FILE).toBeDefined()
    }
  })

  test('may reach what was named at start and nothing else on this machine: files from here, webhooks to there', () => {
    const setting = (name: string) =>
      processes.flatMap(({ name: process, environment }) =>
        environment[name] === undefined ? [] : [[process, environment[name]]],
      )
    const allowed = 'http://127.0.0.1:4400,http://127.0.0.1:9'
    expect(setting('ALLOWED_SOURCE_ORIGINS')).toEqual([
      ['order-api', allowed],
      ['processor', allowed],
    ])
    expect(setting('ALLOWED_WEBHOOK_ORIGINS')).toEqual([
      ['order-api', 'http://127.0.0.1:8'],
      ['order-worker', 'http://127.0.0.1:8'],
    ])
  })
})
