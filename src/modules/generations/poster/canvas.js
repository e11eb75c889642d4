/** A number as short as a picture needs it. */
export const n = (value) => String(Math.round(value * 10) / 10)
//# sourceMappingURL=canvas.js.map
