/** In the browser: what the server gave the page, as text of JSON. */
export const pageDataText = (): string => document.getElementById('page-data')?.textContent ?? 'null'
