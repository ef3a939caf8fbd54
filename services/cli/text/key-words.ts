/** How a key begins and ends; never all of it. */
export const keyHint = (apiKey: string): string => `${apiKey.slice(0, 8)}…${apiKey.slice(-4)}`

export const worldOf = (apiKey: string): string =>
  apiKey.startsWith('sk_live_') ? 'live: orders are printed and charged' : 'test: nothing is printed or charged'
