import { describe, expect, test } from 'vitest'
import { defaultDataFolder, readStartArguments, startHelp } from '../../../local/start-arguments.ts'
import { CannotStart } from '../../../local/supervisor/cannot-start.ts'

const refusal = (...commandLine: string[]): CannotStart => {
  try {
    readStartArguments(commandLine)
  } catch (error) {
    if (error instanceof CannotStart) return error
    throw error
  }
  throw new Error('was accepted')
}

describe('npm start', () => {
  test('without arguments starts on port 4400 in the checkout', () => {
    expect(readStartArguments([])).toEqual({
      isHelp: false,
      isFresh: false,
      isJson: false,
      isQuiet: false,
      port: 4400,
      dataFolder: defaultDataFolder,
      allowedSources: [],
      allowedWebhooks: [],
      shopStepMilliseconds: 400,
    })
  })

  test('takes every option it documents', () => {
    const line = ['--fresh', '--port', '4500', '--data', '/tmp/x', '--json', '--quiet', '--shop-step', '50']
    const sources = ['--allow-source', 'http://127.0.0.1:8080/path', '--allow-source', 'https://example.com']
    const webhooks = ['--allow-webhook', 'http://127.0.0.1:3000/hook']
    expect(readStartArguments([...line, ...sources, ...webhooks])).toEqual({
      isHelp: false,
      isFresh: true,
      isJson: true,
      isQuiet: true,
      port: 4500,
      dataFolder: '/tmp/x',
      allowedSources: ['http://127.0.0.1:8080', 'https://example.com'],
      allowedWebhooks: ['http://127.0.0.1:3000'],
      shopStepMilliseconds: 50,
    })
    for (const option of [
      '--fresh',
      '--port',
      '--data',
      '--json',
      '--quiet',
      '--allow-source',
      '--allow-webhook',
      '--shop-step',
    ]) {
      expect(startHelp).toContain(option)
    }
  })

  test.each([['seventy'], [''], ['-1'], ['4400.5'], ['65535'], ['99999']])(
    'refuses --port %j in two lines with exit code 2, and says what is allowed',
    (port) => {
      const error = refusal(`--port=${port}`)
      expect(error.exitCode).toBe(2)
      expect(error.lines).toHaveLength(2)
      expect(error.lines[0]).toMatch(/whole number from 0 to \d+/)
    },
  )

  test.each([
    [['--allow-webhook'], '--allow-webhook http://127.0.0.1:3000'],
    [['--allow-source', '--fresh'], '--allow-source http://127.0.0.1:8080'],
    [['--port'], '--port 4500'],
  ])('shows how an option is written that lacks its value: %j', (line, example) => {
    expect(refusal(...line).lines[0]).toContain(`such as ${example}`)
  })

  test('refuses an unknown option and an origin that is none', () => {
    expect(refusal('--frehs').lines[0]).toContain('--frehs')
    for (const option of ['--allow-source', '--allow-webhook']) {
      expect(refusal(option, 'localhost:80').lines[0]).toMatch(new RegExp(`^.*${option} .*http://127.0.0.1:8080`))
    }
  })
})
