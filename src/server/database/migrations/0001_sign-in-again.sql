ALTER TABLE "session" ADD COLUMN "proof_hash" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "unsent" jsonb;