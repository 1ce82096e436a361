ALTER TABLE "users" DROP COLUMN "absent_from";--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "absent_until";