// `npm start`: compiles what has changed since the last time, then runs the server in this very process, so that signals reach it.
// Running the sources as they are would cost every start a second more.
import { compileWhatChanged } from './compile.mjs'

if (!compileWhatChanged()) process.exit(1)
await import(new URL('../../dist/app/main.js', import.meta.url).href)
