/** What must never leave the server. */
export interface Secrets {
  /** PKCS#8 PEM of the RSA key that signs access tokens. */
  readonly jwtPrivateKey: string
  /** HMAC keys for passwords, by version; the highest version is current. */
  readonly passwordPeppers: ReadonlyMap<number, Uint8Array>
  readonly cursorKey: Uint8Array
  readonly assetUrlKey: Uint8Array
  readonly sandboxWebhookKey: Uint8Array
}
