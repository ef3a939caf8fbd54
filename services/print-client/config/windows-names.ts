/** Devices of old, with any ending: Windows opens them instead of a file of that name. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i
const forbidden = '<>"|?*'

/** Why Windows would not take a folder, or would take it under another name; undefined where it does. Pure. */
export function windowsNameFault(path: string): string | undefined {
  const parts = path.replace(/^\\\\\?\\/, '').split(/[\\/]/)
  for (const [place, part] of parts.entries()) {
    if (part === '' || part === '.' || part === '..' || (place === 0 && /^[a-z]:$/i.test(part))) continue
    if (devices.test(part)) return `"${part}" is the name of a device on Windows`
    if (/[. ]$/.test(part)) return `"${part}" ends in a dot or a space, which Windows cuts off`
    if ([...part].some((sign) => forbidden.includes(sign) || sign === ':' || sign < ' ')) {
      return `"${part}" holds a sign that Windows does not allow in names: ${forbidden}:`
    }
  }
  return undefined
}
