/** A command as a person types it here, arguments quoted where the shell needs it. */
export const commandLine = (...words: string[]): string => `npm run cli -- ${words.map(quoted).join(' ')}`

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
