export interface StyleOption {
  readonly id: string
  /** For people, in Russian. */
  readonly name: string
  /** What the style adds to a prompt that is enhanced. */
  readonly words: string
  /** The nearest style of FusionBrain. */
  readonly providerStyle: 'KANDINSKY' | 'UHD' | 'ANIME' | 'DEFAULT'
}

/** The styles a customer chooses from, in the order in which they are shown. */
export const generationStyles: readonly StyleOption[] = [
  {
    id: 'malevich',
    name: 'Малевич',
    words: 'супрематизм, геометрические фигуры, чистые цвета',
    providerStyle: 'KANDINSKY',
  },
  { id: 'cyberpunk', name: 'Киберпанк', words: 'киберпанк, неон, ночной город', providerStyle: 'UHD' },
  {
    id: 'classicism',
    name: 'Классицизм',
    words: 'классицизм, симметрия, колонны, сдержанные цвета',
    providerStyle: 'DEFAULT',
  },
  { id: 'portrait', name: 'Портрет', words: 'портрет, крупный план, мягкий свет', providerStyle: 'UHD' },
  {
    id: 'khokhloma',
    name: 'Хохлома',
    words: 'хохломская роспись, золото, алый и чёрный, ягоды и листья',
    providerStyle: 'DEFAULT',
  },
  { id: 'detailed', name: 'Детализация', words: 'высокая детализация, тонкие линии, орнамент', providerStyle: 'UHD' },
  { id: 'kandinsky', name: 'Кандинский', words: 'абстракция, круги и линии, яркие цвета', providerStyle: 'KANDINSKY' },
]
