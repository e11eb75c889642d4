/** The documents of these tests, and what they answer. */

export interface Token {
  readonly accessToken: string
  readonly tokenType: string
  readonly expiresIn: number
  readonly refreshToken: string
  readonly issuedAt: string
  readonly tokenId: string
  readonly scopes: readonly string[]
}

export interface Account {
  readonly id: string
  readonly email: string | null
  readonly emailVerified: boolean
  readonly phone: string | null
  readonly telegramId: string | null
  readonly displayName: string
  readonly role: string
  readonly isGuest: boolean
  readonly twoFactorEnabled: boolean
  readonly createdAt: string
}

export interface Payload {
  readonly user: Account
  readonly token: Token
  readonly requires2fa: boolean
  readonly challenge: string | null
}

const PAYLOAD = `{
  user { id email emailVerified phone telegramId displayName role isGuest twoFactorEnabled createdAt }
  token { accessToken tokenType expiresIn refreshToken issuedAt tokenId scopes }
  requires2fa
  challenge
}`

export const REGISTER = `mutation Register($input: RegisterInput!) { register(input: $input) ${PAYLOAD} }`
export const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) ${PAYLOAD} }`
export const REFRESH = `mutation Refresh($refreshToken: String!) { refreshToken(refreshToken: $refreshToken) ${PAYLOAD} }`
export const LOGOUT = 'mutation Logout { logout }'
export const START_GUEST = `mutation StartGuest { startGuestSession ${PAYLOAD} }`
export const UPGRADE_GUEST = `mutation UpgradeGuest($input: RegisterInput!) { upgradeGuest(input: $input) ${PAYLOAD} }`
export const START_PHONE_LOGIN = 'mutation StartPhoneLogin($phone: PhoneNumber!) { startPhoneLogin(phone: $phone) }'
export const COMPLETE_PHONE_LOGIN = `mutation CompletePhoneLogin($phone: PhoneNumber!, $code: String!) {
  completePhoneLogin(phone: $phone, code: $code) ${PAYLOAD}
}`
export const SESSIONS = '{ sessions { id createdAt lastUsedAt userAgent ip isCurrent } }'
export const REVOKE = 'mutation RevokeSession($id: UUID!) { revokeSession(id: $id) }'
export const REVOKE_OTHERS = 'mutation RevokeOtherSessions { revokeOtherSessions }'
export const DELETE_ACCOUNT = 'mutation DeleteAccount($password: String) { deleteAccount(password: $password) }'
export const CHANGE_PASSWORD = `mutation ChangePassword($current: String!, $password: String!) {
  changePassword(current: $current, password: $password)
}`
export const REQUEST_RESET = 'mutation RequestReset($email: EmailAddress!) { requestPasswordReset(email: $email) }'
export const RESET_PASSWORD = `mutation ResetPassword($token: String!, $password: String!) {
  resetPassword(token: $token, password: $password)
}`
export const REQUEST_VERIFICATION = 'mutation RequestVerification { requestEmailVerification }'
export const VERIFY_EMAIL = `mutation VerifyEmail($token: String!) {
  verifyEmail(token: $token) { id email emailVerified displayName }
}`
export const UPDATE_PROFILE = `mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) { id email emailVerified displayName telegramId avatar { id } }
}`
export const EMAIL_AVAILABLE = 'query EmailAvailable($email: EmailAddress!) { emailAvailable(email: $email) }'
export const ME = '{ me { id email displayName role } }'

export const PASSWORD = 'Adtime-demo-1'
