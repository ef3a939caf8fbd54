/** The languages that the page speaks, as they call themselves. */
export const languageNames = { en: 'English', nl: 'Nederlands', de: 'Deutsch' } as const
