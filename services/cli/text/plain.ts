/** The last net under `plain`: leaves of all commands to a terminal only colours, tabs and line ends. */
export const withoutCommands = (text: string): string => text.replace(commands, ' ')

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const commands = /\u001b(?!\[\d{1,2}m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g

/** Names and addresses come from elsewhere: a terminal would obey what is written in them. */
export const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
