import { expect, test } from 'vitest'
import { addressTable } from '../../../local/address-table.ts'

test('the table of addresses fits 80 columns and says how to end it', () => {
  const local = {
    baseUrl: 'http://127.0.0.1:44000',
    apiUrl: 'http://127.0.0.1:44001',
    secretKey: 'sk_test_secret',
    publishableKey: 'pk_test_open',
    hotFolders: { fac_columbus: `${process.cwd()}/.printcloud/facilities/fac_columbus/hot-folder` },
    printClientPages: { fac_columbus: 'http://127.0.0.1:4412' },
    checkoutUrl: 'http://127.0.0.1:44000',
    paymentsUrl: 'http://127.0.0.1:44007',
    mailUrl: 'http://127.0.0.1:44005',
    pids: {},
  }
  const table = addressTable(local, `${process.cwd()}/.printcloud`, 3210)
  for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  expect(table).toContain('Ctrl-C ends it')
  for (const url of [local.checkoutUrl, local.paymentsUrl, local.mailUrl]) expect(table).toContain(url)
  expect(table).toContain('.printcloud/facilities/fac_columbus/hot-folder')
  expect(table).not.toContain('sk_test_secret')
  // One address of the API is named everywhere: the front door's.
  expect(table).not.toContain(local.apiUrl)
})
