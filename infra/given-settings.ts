import { readSettings, type Settings, SettingsFault } from './settings.ts'

/**
 * Settings out of `name=value` on the command line; what the CDK's command knows of the account and got by `-c name=value` counts where the
 * command line is silent. Throws SettingsFault.
 */
export function givenSettings(args: readonly string[], environment = process.env): Settings {
  const strange = args.filter((each) => !/^[A-Za-z]+=/.test(each))
  if (strange.length > 0) {
    throw new SettingsFault(strange.map((each) => `"${each}" is no setting: write name=value.`))
  }
  const said = Object.fromEntries(
    args.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
  )
  const account = environment.CDK_DEFAULT_ACCOUNT
  return readSettings({
    ...(account === undefined ? {} : { account }),
    ...contextOf(environment.CDK_CONTEXT_JSON),
    ...said,
  })
}

/** Of the CDK's context only what has no colon is ours: its own flags have one. */
function contextOf(json: string | undefined): Readonly<Record<string, string>> {
  const context: unknown = JSON.parse(json ?? '{}')
  if (typeof context !== 'object' || context === null) return {}
  return Object.fromEntries(
    Object.entries(context)
      .filter(([name, value]) => typeof value === 'string' && !/[:/@]/.test(name) && !name.startsWith('aws'))
      .map(([name, value]) => [name, String(value)]),
  )
}
