import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export interface PageServer {
  readonly port: number
  close(): Promise<void>
}

/** Serves one page at every path of a port of this machine: as `localhost` it is one site, as `127.0.0.1` another. */
export async function servePage(port: number, html: string): Promise<PageServer> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { port, close }
}

/** A page that runs a module of this folder, bundled, and hangs its exports on `name`. */
export async function pageOf(module: string, name: string, globals: Readonly<Record<string, string>>): Promise<string> {
  const entry = fileURLToPath(new URL(module, import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry, name, formats: ['iife'], fileName: 'page' } },
  })
  const [bundle] = Array.isArray(built) ? built : []
  const [chunk] = bundle?.output ?? []
  if (chunk?.type !== 'chunk') throw new Error(`${module} was not bundled`)
  const given = Object.entries(globals).map(([key, value]) => `var ${key} = ${JSON.stringify(value)};`)
  const script = `${given.join('')}\n${chunk.code}`.replaceAll('</script', '<\\/script')
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>Page</title><script>${script}</script>`
}
