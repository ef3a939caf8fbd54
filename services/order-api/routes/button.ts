import { ButtonRequest, ButtonSetting } from '#contracts/order-api/button.ts'
import { parse } from '#contracts/parse.ts'
import { chooseButton, forgetButton, readButton } from '../buttons/button-setting.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes } from './context.ts'
import { responses } from './responses.ts'

const tags = ['Publications']

/** What buttons of the world of the key stand for that name nothing but a publishable key. */
export const addButtonRoutes: AddRoutes = (app, { database, now }) => {
  app.get('/v1/button', {
    config: needs('publications:read'),
    schema: {
      tags,
      summary: 'The publication of buttons that name only your key',
      response: responses(200, ButtonSetting, 'The publication, or null', 401, 403),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      return settingOf(caller.isTest, await readButton(database, caller))
    },
  })

  app.put('/v1/button', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Choose the publication of buttons that name only your key',
      description:
        'A button with `account="pk_…"` and a file of its page in `src` sells what this publication offers. It must be published, and its content of the kind `page`. Holds in the world of the key that asks, for every publishable key of it.',
      body: ButtonRequest,
      response: responses(200, ButtonSetting, 'It is chosen', 400, 401, 403, 422),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      const { publication } = parse('button', ButtonRequest, request.body)
      await chooseButton(database, caller, publication, now())
      return settingOf(caller.isTest, publication)
    },
  })

  app.delete('/v1/button', {
    config: needs('publications:write'),
    schema: {
      tags,
      summary: 'Choose none: such buttons stand for nothing',
      response: responses(200, ButtonSetting, 'None is chosen', 401, 403),
    },
    handler: async (request) => {
      const caller = callerOf(request)
      await forgetButton(database, caller, now())
      return settingOf(caller.isTest, null)
    },
  })
}

const settingOf = (isTest: boolean, publication: string | null): ButtonSetting => ({
  object: 'button',
  is_test: isTest,
  publication,
})
