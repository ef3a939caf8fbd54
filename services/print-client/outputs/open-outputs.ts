import { mkdir, readFile } from 'node:fs/promises'
import type { Clock } from '#chassis/clock.ts'
import { Refused } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import type { IppConfig, OutputConfig } from '../config/config-file.ts'
import { mainOutput } from '../config/read-outputs.ts'
import type { ClientConfig } from '../config.ts'
import { chooseOutput } from './choose-output.ts'
import { createCommand } from './command/command.ts'
import { createHotFolder } from './hot-folder/hot-folder.ts'
import type { ComponentsOf } from './hot-folder/listen-to-folders.ts'
import { createIppOutput } from './ipp/ipp-output.ts'
import type { Output } from './output.ts'
import type { Outputs } from './outputs.ts'
import { stagingFor, stagingIn } from './staging.ts'

export type OutputSetting = {
  readonly name: string
  readonly facilityId: string
  readonly clientId: string
  readonly stateFolder: string
  /** Where jobs are filled that need no file system of their own; exists. */
  readonly staging: string
  readonly componentsOf: ComponentsOf
  /** What a command inherits. */
  readonly environment: Readonly<Record<string, string>>
  readonly log: Log
  readonly clock: Clock
  readonly signal: AbortSignal
}

const defaultLimitSeconds = 300

/** Opens every output of a configuration. Throws Refused where one can never work as it stands. */
export async function openOutputs(
  { outputs, products }: Pick<ClientConfig, 'outputs' | 'products'>,
  setting: Omit<OutputSetting, 'name' | 'staging'>,
): Promise<Outputs> {
  const staging = stagingIn(setting.stateFolder)
  await mkdir(staging, { recursive: true })
  const opened = new Map<string, Output>()
  for (const [name, config] of Object.entries(outputs)) {
    opened.set(name, await openOutput(config, { ...setting, name, staging }))
  }
  return {
    all: [...opened.values()],
    choose: (sku) => {
      const name = chooseOutput(products, sku)
      const output = opened.get(name)
      if (output === undefined) throw new Error(`The configuration was checked, and has no output ${name}`)
      return output
    },
    of: ({ output = { name: mainOutput, kind: 'hot_folder' } }) => {
      const found = opened.get(output.name)
      return found?.kind === output.kind ? found : undefined
    },
    ticketsOf: ({ name }) => {
      const { tickets, sheetSize } = outputs[name] ?? {}
      return { ...(tickets && { kinds: tickets }), ...(sheetSize && { sheetSize }) }
    },
  }
}

/** One output of a configuration, by its kind. */
async function openOutput(config: OutputConfig, setting: OutputSetting): Promise<Output> {
  const { clientId, stateFolder } = setting
  switch (config.kind) {
    case 'hot_folder': {
      const { folder, done = `${folder}/done`, error = `${folder}/error` } = config
      return createHotFolder({
        ...setting,
        folder,
        done,
        error,
        staging: await stagingFor(folder, stateFolder, clientId),
      })
    }
    case 'command': {
      const [program = '', ...words] = config.command
      const limitMilliseconds = (config.timeLimitSeconds ?? defaultLimitSeconds) * 1_000
      return createCommand({ ...setting, command: [program, ...words], limitMilliseconds })
    }
    case 'ipp':
      return openPrinter(config, setting)
    default:
      return config satisfies never
  }
}

async function openPrinter(config: IppConfig, setting: OutputSetting): Promise<Output> {
  const { url, user, password, ca } = config
  if (user !== undefined && !/^(ipps|https):/.test(url)) {
    const why = 'a password goes to a printer over ipps or https only: give such a url, or take user and password away'
    throw new Refused('output_password', `Output ${setting.name}: ${why}`)
  }
  return createIppOutput({
    ...setting,
    url,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca: await readAuthority(setting.name, ca) }),
  })
}

async function readAuthority(name: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Refused('output_ca', `Output ${name}: the file ${path} of ca cannot be read`, [], { cause })
  }
}
