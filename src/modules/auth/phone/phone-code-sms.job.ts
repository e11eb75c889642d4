import type { Transaction } from '../../../platform/database/transaction.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { SealedBox } from '../../../platform/secrets/sealed-box.js'
import type { SmsSender } from '../../../platform/sms/sms-sender.js'
import type { PhoneCodes } from './phone-codes.js'

export const PHONE_CODE_SMS = 'auth.phone-code-sms'

// Half a minute of trying: whoever waits longer asks for another code.
const MAX_ATTEMPTS = 4

interface Payload {
  /** Jobs are rows that many may read: phone and code are in a sealed box, as base64. */
  readonly sealed: string
}

interface Content {
  readonly phone: string
  readonly code: string
}

/** Has a code sent to its phone once the transaction has committed. */
export async function queuePhoneCode(tx: Transaction, box: SealedBox, content: Content): Promise<void> {
  const sealed = Buffer.from(box.seal(PHONE_CODE_SMS, JSON.stringify(content))).toString('base64')
  await enqueue(tx, PHONE_CODE_SMS, { sealed } satisfies Payload, { maxAttempts: MAX_ATTEMPTS })
}

export const sendPhoneCode =
  (sms: SmsSender, codes: PhoneCodes, box: SealedBox): JobHandler =>
  async ({ sealed }: Payload) => {
    const { phone, code } = JSON.parse(box.open(PHONE_CODE_SMS, Buffer.from(sealed, 'base64'))) as Content
    // A message that was held up must not come after that of a newer code.
    if (!(await codes.isCurrent(phone, code))) return
    const text = `${code} — код для входа в AdTime. Он действует 5 минут. Никому его не сообщайте.`
    await sms.send({ to: phone, text }).catch((error: unknown) => {
      // What a provider complains about may quote the message, and complaints are logged and kept with the job.
      throw new Error(String(error).replaceAll(code, '******').replaceAll(phone, '[phone]'))
    })
  }
