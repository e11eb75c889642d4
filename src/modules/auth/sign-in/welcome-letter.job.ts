import type { Database } from '../../../platform/database/database.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import type { Mailer } from '../../../platform/mail/mailer.js'

export const WELCOME_LETTER = 'auth.welcome-letter'

/** Greets a new account at its address. */
export const sendWelcomeLetter =
  ({ prisma }: Pick<Database, 'prisma'>, mailer: Mailer): JobHandler =>
  async ({ userId }: { userId: string }) => {
    const user = await prisma.user.findUnique({ where: { id: userId }, select: { email: true, displayName: true } })
    if (!user?.email) return
    await mailer.send({
      to: user.email,
      subject: 'Добро пожаловать в AdTime',
      text: `Здравствуйте, ${user.displayName}!\n\nВаш аккаунт создан. Опишите рекламу словами — мы нарисуем её, напечатаем и доставим.`,
    })
  }
