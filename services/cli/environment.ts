import { type Static, Type } from 'typebox'

/** What the command reads from its environment; all of it may be absent. */
export const CliEnvironment = Type.Object({
  PRINTCLOUD_API_URL: Type.Optional(Type.String({ description: 'address of the API, before that of the profile' })),
  PRINTCLOUD_API_KEY: Type.Optional(Type.String({ description: 'API key, before that of the profile' })),
  PRINTCLOUD_CDN_URL: Type.Optional(
    Type.String({ description: 'address of the CDN where it is not that of the API, before that of the profile' }),
  ),
  XDG_CONFIG_HOME: Type.Optional(Type.String({ description: 'folder of settings; ~/.config without' })),
  APPDATA: Type.Optional(Type.String({ description: 'folder of settings on Windows' })),
})
export type CliEnvironment = Static<typeof CliEnvironment>
