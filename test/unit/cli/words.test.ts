import { describe, expect, test } from 'vitest'
import { commands } from '../../../services/cli/command-table.ts'
import { exitCodes } from '../../../services/cli/exit-codes.ts'
import { commandHelp, groupHelp, helpText } from '../../../services/cli/help-text.ts'
import { profilesPath } from '../../../services/cli/profiles.ts'
import { readArguments } from '../../../services/cli/read-arguments.ts'
import { windowText } from '../../../services/cli/text/charges-text.ts'
import { painter } from '../../../services/cli/text/paint.ts'
import { plain } from '../../../services/cli/text/plain.ts'
import { progressBar } from '../../../services/cli/text/progress-bar.ts'
import { tableText } from '../../../services/cli/text/table.ts'
import { bytesText, soonText } from '../../../services/cli/text/words.ts'

describe('the command line', () => {
  test('names its command with one word or two, and keeps files, options and repeated options apart', () => {
    const { command, given } = readArguments(
      ['webhooks', 'add', 'https://a.example', '--type', 'a', '--type', 'b', '--json'],
      commands,
    )
    expect([command?.name, given.words, given.all('type')]).toEqual(['webhooks add', ['https://a.example'], ['a', 'b']])
    expect([given.has('json'), given.has('help'), given.text('profile')]).toEqual([true, false, undefined])
    expect(readArguments(['upload', '--', '-odd name.pdf'], commands).given.words).toEqual(['-odd name.pdf'])
    expect(readArguments(['help', 'keys', 'add'], commands)).toMatchObject({ command: { name: 'keys add' } })
  })

  test.each([[['keys']], [['keys', '--help']], [['help', 'keys']]])('lists the group for %j', (words) => {
    const { command, group = [] } = readArguments(words, commands)
    expect([command, groupHelp(group)]).toEqual([undefined, expect.stringContaining('keys revoke KEY')])
    expect(groupHelp(group)).not.toContain('webhooks')
  })

  test.each([
    [['frob'], 'no command "frob"'],
    [['keys', 'frob'], 'keys list, keys add'],
    [['orders', '--colour'], '--colour'],
    [['publications', 'update', 'pub_1', '--margin', '-5%'], "'--margin' argument is ambiguous. A value"],
  ])('refuses %j and says what there is', (words, said) => {
    expect(() => readArguments(words, commands)).toThrow(said)
  })

  test('has no command twice, and explains all of them and every exit code', () => {
    const names = commands.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    const help = helpText(commands)
    for (const name of names) expect(help).toContain(`\n  ${name}`)
    for (const code of Object.values(exitCodes)) expect(help).toMatch(new RegExp(`\\b${code} `))
    for (const command of commands)
      expect(
        commandHelp(command)
          .split('\n')
          .every((line) => line.length <= 80),
      ).toBe(true)
  })
})

test('keys are kept where each system keeps settings', () => {
  const home = '/home/ada'
  expect(profilesPath({ home, platform: 'linux' })).toBe('/home/ada/.config/printcloud/profiles.json')
  expect(profilesPath({ home, platform: 'darwin', XDG_CONFIG_HOME: '/etc/ada' })).toBe(
    '/etc/ada/printcloud/profiles.json',
  )
  expect(profilesPath({ home, platform: 'win32', APPDATA: '/roaming' })).toBe('/roaming/printcloud/profiles.json')
})

test('a table fits eighty columns: the elastic column gives way, numbers stand on the right', () => {
  const text = tableText(
    [{ title: 'ID' }, { title: 'URL', isElastic: true }, { title: 'SIZE', isNumber: true }],
    [
      ['a'.repeat(30), 'https://'.repeat(20), '7'],
      ['b', 'short', '1234'],
    ],
    painter(false),
  )
  const lines = text.trimEnd().split('\n')
  expect(lines.map(({ length }) => length)).toEqual([79, 79, 79])
  expect(lines[1]).toContain('…')
  expect(lines[1]?.endsWith('    7')).toBe(true)
})

test('a progress bar fits eighty columns, whatever the name and the size', () => {
  const standing = {
    name: `${'long '.repeat(20)}.pdf`,
    sentBytes: 2_147_483_648,
    totalBytes: 4_294_967_296,
    milliseconds: 9_000,
  }
  expect(progressBar(standing)).toContain('██████████░░░░░░░░░░  50 %  4.3 GB  239 MB/s')
  expect(progressBar(standing).length).toBeLessThanOrEqual(79)
  expect(progressBar({ ...standing, name: 'a', sentBytes: 0, totalBytes: 0, milliseconds: 0 })).toContain('100 %')
})

test('no name from elsewhere can command the terminal', () => {
  expect(plain('a\u001b[2Jb\u0007\u202ec')).toBe('a [2Jb c')
})

test.each([
  ['2026-11-27', '2026-11-30', '27–30 Nov'],
  ['2026-11-29', '2026-12-02', '29 Nov – 2 Dec'],
  ['2026-11-25', '2026-11-25', '25 Nov'],
])('a delivery from %s to %s is "%s"', (earliest, latest, words) => {
  expect(windowText(earliest, latest)).toBe(words)
})

test('a time soon to come is told in seconds', () => {
  const now = Date.parse('2026-11-21T18:18:00Z')
  expect(soonText('2026-11-21T18:18:04.500Z', now)).toBe('in 5 s')
  expect(soonText('2026-11-21T18:17:00Z', now)).toBe('in 0 s')
  expect(soonText('2026-11-21T20:18:00Z', now)).toMatch(/^at 2026-11-2\d \d\d:18$/)
})

test.each([
  [999, '999 B'],
  [1000, '1.0 kB'],
  [123_456, '123 kB'],
  [5_000_000_000, '5.0 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(bytesText(bytes)).toBe(words)
})
