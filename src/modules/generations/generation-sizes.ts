export interface SizeOption {
  /** The ratio of its sides. */
  readonly id: string
  readonly name: string
  readonly width: number
  readonly height: number
}

/** Sizes offered to customers, in pixels. Others within the bounds are accepted too. */
export const generationSizes: readonly SizeOption[] = [
  { id: '1:1', name: 'Квадрат', width: 1024, height: 1024 },
  { id: '16:9', name: 'Широкий', width: 1024, height: 576 },
  { id: '9:16', name: 'Вертикальный', width: 576, height: 1024 },
  { id: '3:2', name: 'Альбомный', width: 960, height: 640 },
  { id: '2:3', name: 'Портретный', width: 640, height: 960 },
]
