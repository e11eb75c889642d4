import type { AssetStore, StoredFile } from '../../../modules/assets/index.js'
import { drawPoster } from '../../../modules/generations/index.js'
import { demoId } from '../demo/demo-calendar.js'
import { statements } from './bulk-step.js'

const WORDS = [
  'Скидка',
  'Открытие',
  'Новинка',
  'Кофе',
  'Праздник',
  'Весна',
  'Лето',
  'Осень',
  'Зима',
  'Подарки',
  'Ремонт',
  'Спорт',
]
const STYLES = ['malevich', 'kandinsky', 'classicism']
const SIZE = { width: 768, height: 512 }
const MADE = new Date('2024-01-01T00:00:00Z')
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Draws the few pictures that all designs of a bulk set share. Whose they are is written with their rows. */
export const drawBulkPictures = (store: AssetStore): Promise<StoredFile[]> =>
  Promise.all(
    WORDS.map(async (prompt, seed) => {
      const bytes = await drawPoster({ prompt, style: STYLES[seed % STYLES.length] ?? '', ...SIZE, seed })
      const facts = { id: demoId(MADE, `bulk picture ${prompt}`), contentType: 'image/png', ...SIZE }
      return store.store(NOBODY, 'MARKETPLACE_PREVIEW', bytes, facts)
    }),
  )

/** The pictures' rows, the first designer's. */
export const picturesStep = statements('pictures', 1, ({ pictures, options: { users } }) => [
  [
    `insert into assets (id, owner_id, purpose, content_type, byte_size, width, height, storage_key, sha256, created_at)
     select p.id, u.id, 'MARKETPLACE_PREVIEW', p."contentType", p."byteSize", p.width, p.height, p."storageKey", p.sha256, u.created_at
     from bulk_user u, jsonb_to_recordset($2::jsonb)
       p (id uuid, "contentType" text, "byteSize" int, width int, height int, "storageKey" text, sha256 text)
     where u.n = $1::bigint`,
    users,
    JSON.stringify(pictures),
  ],
])
