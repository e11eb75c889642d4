-- CreateTable
CREATE TABLE "development_mails" (
    "id" UUID NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "development_mails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "development_mails_sent_at_idx" ON "development_mails"("sent_at");
