import qrcode from 'qrcode'

/** A text as a QR code: a data URL of a PNG, which every client can show. */
export const qrCode = (text: string): Promise<string> => qrcode.toDataURL(text, { scale: 6 })
