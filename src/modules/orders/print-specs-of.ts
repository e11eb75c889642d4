import type { PrintSpecs, PrintSpecsInput } from '../marketplace/index.js'

/** The specs as they are stored, plain and whole: input objects are class instances with absent properties. */
export const printSpecsOf = ({
  widthMm,
  heightMm,
  material,
  finish,
  colorProfile,
  elements,
}: PrintSpecsInput): PrintSpecs => ({
  widthMm,
  heightMm,
  material,
  finish: finish ?? null,
  colorProfile,
  elements,
})
