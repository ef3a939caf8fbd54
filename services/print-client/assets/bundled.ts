/** Put in by the bundler (build/bundle.ts); absent in a checkout. */
declare const PRINT_CLIENT_VERSION: string

/** The version of the package or executable that runs; undefined in a checkout. */
export const bundledVersion: string | undefined =
  typeof PRINT_CLIENT_VERSION === 'string' ? PRINT_CLIENT_VERSION : undefined
