import { defineConfig } from 'vitest/config'

/** Two cores: whole platforms run one after the other, small tests beside each other. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
