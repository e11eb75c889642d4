import { v7, validate } from 'uuid'

/** A new UUIDv7: ids sort by the time they were made. */
export const newId = (): string => v7()

/** Whether `text` is a UUID of any version, in its canonical form. */
export const isId = (text: string): boolean => validate(text)
