/** What an image may measure, and how many a request may ask for. */
export const SIDE = { min: 256, max: 2048, multipleOf: 64, usual: 1024 } as const

export const IMAGES = { min: 1, max: 4 } as const

export const PROMPT = { min: 3, max: 1000 } as const
