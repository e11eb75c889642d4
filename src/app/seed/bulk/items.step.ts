import { statements } from './bulk-step.js'

/** Of so many designs in a row one is DIGITAL. */
export const DIGITAL_EVERY = 8

const PRINTS = {
  BANNER: {
    widthMm: 3000,
    heightMm: 2000,
    material: 'Vinyl 440 g',
    finish: 'Hem and eyelets',
    colorProfile: 'CMYK',
    elements: [],
  },
  STANDEE: {
    widthMm: 850,
    heightMm: 2000,
    material: 'Polypropylene film',
    finish: 'Matte lamination',
    colorProfile: 'CMYK',
    elements: [],
  },
  BILLBOARD: {
    widthMm: 6000,
    heightMm: 3000,
    material: 'Blueback paper 120 g',
    finish: 'Posted in sheets',
    colorProfile: 'CMYK',
    elements: [],
  },
}

/** What is for sale, made over two years; the rows themselves are written last, when their sales and ratings are known. */
export const itemsStep = statements('designs', 2, ({ options: { items, users, designers }, now, pictures }) => [
  [
    `create temp table bulk_item on commit drop as
     select item.n, pg_temp.id(made.created_at, 'item', item.n) as id, u.id as designer_id, made.created_at, type as product_type, $5::jsonb -> type as print,
       (case type when 'DIGITAL' then 20 when 'BANNER' then 100 when 'STANDEE' then 200 else 350 end
         * (1 + floor(9 * pg_temp.rnd(item.n, 11)))::bigint + 90) * 100 as price,
       case type when 'BANNER' then 'Баннер' when 'STANDEE' then 'Ролл-ап' when 'BILLBOARD' then 'Щит 6×3' else 'Пост для соцсетей' end
         || ' для ' || pg_temp.pick('{кофейни,пекарни,автосервиса,салона красоты,школы танцев,стоматологии,цветочного магазина,фитнес-клуба,книжного магазина,барбершопа,веломастерской,детского центра,ветклиники,магазина одежды,отеля,музея}', item.n, 12)
         || ' «' || pg_temp.pick('{Уют,Рассвет,Север,Мята,Гараж,Лимон,Орбита,Берег,Маяк,Компас,Сфера,Пульс,Радуга,Тополь,Облако,Искра}', item.n, 13) || '»' as title,
       floor(13 * pg_temp.rnd(item.n, 14))::int as most_reviews
     from generate_series(1, $1::bigint) item (n)
     cross join lateral (select
       pg_temp.after($4, -86400 * case when item.n <= ${DIGITAL_EVERY} then 733 else 733 * (1 - (item.n - 1)::float8 / $1::bigint) ^ 2 end) as created_at,
       case when item.n % ${DIGITAL_EVERY} = 0 then 'DIGITAL' else (array['BANNER', 'STANDEE', 'BILLBOARD'])[1 + item.n % 3] end as type) made
     join bulk_user u on u.n = $2::bigint - floor($3::bigint * pg_temp.rnd(item.n, 15))::bigint`,
    items,
    users,
    designers,
    now,
    JSON.stringify(PRINTS),
  ],
  ['create unique index on bulk_item (n)'],
  [
    `insert into item_previews (item_id, position, asset_id)
     select id, position, ($1::uuid[])[1 + (floor($2::int * pg_temp.rnd(n, 16))::int + position) % $2::int]
     from bulk_item cross join lateral generate_series(0, floor(3 * pg_temp.rnd(n, 17))::int) position`,
    pictures.map(({ id }) => id),
    pictures.length,
  ],
  ['analyze bulk_item'],
])
