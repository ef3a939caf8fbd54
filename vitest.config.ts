import { defineConfig } from 'vitest/config'

/** Whole platforms, hundreds of kills, the processor's bad days: minutes. `npm test` runs them, `npm run check` leaves them out. */
const long = [
  'test/journey/**/*.test.ts',
  'test/loopback/{postgres,print-client-kill}.test.ts',
  'test/loopback/processor-{covers,interruptions,kill,malformed,preflight,ranges,refusals}.test.ts',
]
const limits = { testTimeout: 60_000, hookTimeout: 60_000 }

/** Two cores: two files at a time. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'long', include: long, ...limits } },
      { test: { name: 'quick', include: ['test/**/*.test.ts'], exclude: long, ...limits } },
    ],
  },
})
