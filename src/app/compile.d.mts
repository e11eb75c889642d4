/** Compiles src into dist when it has changed. @returns false when it does not compile; the terminal says why */
export function compileWhatChanged(): boolean
