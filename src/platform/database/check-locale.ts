import type { Database } from './database.js'

/**
 * A warning when the database does not know Cyrillic letters, as with LC_CTYPE=C: search would then miss every word that
 * is written with a capital or in another form. Null when all is well.
 */
export async function checkLocale({ pool }: Pick<Database, 'pool'>): Promise<string | null> {
  const { rows } = await pool.query<{ lowers: boolean; stems: boolean }>(
    "SELECT lower('БАННЕР') = 'баннер' AS lowers, to_tsvector('russian', 'Яркие БАННЕРЫ') @@ plainto_tsquery('russian', 'яркий баннер') AS stems",
  )
  if (rows[0]?.lowers && rows[0].stems) return null
  return (
    'This database does not fold Cyrillic letters, so search will miss words. ' +
    "Create it anew with: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'."
  )
}
