import type { Page } from 'playwright-core'

/** Of real scanners; people need a hundred times that. */
const betweenKeysMs = 2
const shift = 8

/**
 * As a scanner types: all keys at once, and Enter. None is waited for before the next, and each has the time at which a scanner sends it, so
 * that a busy machine types no slower.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const keys = [...[...code].map(keyOf), enter]
  const beginMs = Date.now() - keys.length * betweenKeysMs
  const sent = keys.flatMap(({ text, ...key }, place) => {
    const timestamp = (beginMs + place * betweenKeysMs) / 1_000
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, text, timestamp }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key, timestamp: timestamp + 0.001 }),
    ]
  })
  await Promise.all(sent)
  await session.detach()
}

const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, modifiers: 0, text: '\r' }

/** Of a US keyboard, as scanners leave the factory. */
function keyOf(sign: string) {
  const upper = sign.toUpperCase()
  const isUpper = sign === '_' || (sign === upper && sign !== sign.toLowerCase())
  const [code, windowsVirtualKeyCode] = /[A-Z]/.test(upper)
    ? [`Key${upper}`, upper.charCodeAt(0)]
    : /\d/.test(sign)
      ? [`Digit${sign}`, sign.charCodeAt(0)]
      : ['Minus', 189]
  return { key: sign, code, windowsVirtualKeyCode, modifiers: isUpper ? shift : 0, text: sign }
}
