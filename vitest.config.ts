import { defineConfig } from 'vitest/config'

/** Whole platforms, hundreds of kills, the processor's bad days: minutes. `npm test` runs them, `npm run check` leaves them out. */
const long = [
  'test/journey/**/*.test.ts',
  'test/loopback/{cli,cli-api,object-store-crash,postgres,print-client,shared-cache}.test.ts',
  'test/loopback/print-client-{cancel,crash,desk,disk,kill,outputs,package,printer,restore}.test.ts',
  'test/loopback/{facility-keys-cut,print-client-enrol}.test.ts',
  'test/loopback/{order-client,order-client-browser,order-client-events,order-client-publications,order-client-published,order-client-spool}.test.ts',
  'test/loopback/{platform,processor,published,published-buttons,published-faults,published-proofs,published-sales,published-workers}.test.ts',
  'test/loopback/button-checkout/{checkout-interleavings,hostile-visitor,security,together}.test.ts',
  'test/loopback/button-checkout/{away,checkout-money,checkout-orders,checkout-page,checkout-page-look,order-page}.test.ts',
  'test/loopback/{button,edge-varnish,page-of-preview,page-of-status,print-page,print-page-hostile,print-page-look,published-check,queue-reader,thumbnail,thumbnail-deliveries}.test.ts',
  'test/loopback/order-api/{hostile-requests,ledger-orders,lifecycle-table,publications-hostile,publications-together,rerouting,restore,review-money,review-security}.test.ts',
  'test/unit/print-client/tickets/job-sheet.test.ts',
  'test/unit/processor/{job-watch,sandbox}.test.ts',
  'test/unit/processor/proof/draw-pages.test.ts',
  'test/loopback/processor-{covers,interruptions,kill,link-faults,malformed,pictures,preflight,preflight-cli,proof,ranges,refusals,turned}.test.ts',
]
/** libvips and PDFium keep what one file's tests did to them: those have a process of their own a file. */
const apart = [
  'test/unit/processor/**/*.test.ts',
  'test/loopback/{processor,thumbnail}*.test.ts',
  'test/loopback/simulated-shop.test.ts',
]
/** What a test waits for comes or fails the test: a second, as is usual, a busy machine cannot keep. */
const limits = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 20_000 } } }

/** Two cores: two files at a time. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      // What waits in there has limits of its own, and says what it waited for; these two only end what hangs.
      { test: { name: 'long', include: long, ...limits, testTimeout: 240_000, hookTimeout: 120_000 } },
      { test: { name: 'apart', include: apart, exclude: long, ...limits } },
      // Nothing happens on import, so files share what is loaded: half of the time was loading.
      {
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...long, ...apart],
          isolate: false,
          ...limits,
        },
      },
    ],
  },
})
