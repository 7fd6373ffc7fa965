CREATE TABLE "door_call" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"day" text NOT NULL,
	"calling_by" text,
	"calling_name" text,
	"calling_at" bigint,
	"attempts" jsonb NOT NULL,
	CONSTRAINT "door_call_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"phone" text,
	"place" text NOT NULL,
	"begins_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"ended_at" bigint,
	CONSTRAINT "duty_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "follow_up" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"door" text NOT NULL,
	"phone" text,
	"day" text NOT NULL,
	"level" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"opened_at" bigint NOT NULL,
	"raised_at" bigint NOT NULL,
	"assigned_to" text,
	"assigned_name" text,
	"stage" text NOT NULL,
	"passes" jsonb NOT NULL,
	"seen_at" bigint,
	"seen_by" text,
	"seen_by_name" text,
	"first_contact_at" bigint,
	"contacts" jsonb NOT NULL,
	"result" text,
	"note" text,
	"closed_at" bigint,
	"closed_by_name" text,
	"robot_at" bigint,
	CONSTRAINT "follow_up_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "life_sign" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"day" text NOT NULL,
	"happened_at" bigint NOT NULL,
	CONSTRAINT "life_sign_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "observation" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"person_id" text NOT NULL,
	"person_name" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"door" text NOT NULL,
	"start_day" text NOT NULL,
	"days" integer NOT NULL,
	"end_day" text NOT NULL,
	"reason" text,
	"started_by_name" text,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_by_name" text,
	"end_reason" text,
	CONSTRAINT "observation_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "reading" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"observation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"day" text NOT NULL,
	"slot" text NOT NULL,
	"temperature_c" double precision,
	"mood" text,
	"needs" jsonb NOT NULL,
	"level" text NOT NULL,
	"how" text,
	"by" jsonb NOT NULL,
	"happened_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"late" boolean NOT NULL,
	"history" jsonb NOT NULL,
	CONSTRAINT "reading_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "robot" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"url" text NOT NULL,
	"set_by_name" text,
	"set_at" bigint NOT NULL,
	CONSTRAINT "robot_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "sweep" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"title" text NOT NULL,
	"question" text,
	"grids" jsonb NOT NULL,
	"started_at" bigint NOT NULL,
	"started_by_name" text,
	"deadline" bigint NOT NULL,
	"closed_at" bigint,
	"closed_by_name" text,
	CONSTRAINT "sweep_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
CREATE TABLE "swept_door" (
	"community_id" text NOT NULL,
	"id" text NOT NULL,
	"sweep_id" text NOT NULL,
	"household_id" text NOT NULL,
	"grid" text NOT NULL,
	"door" text NOT NULL,
	"findings" jsonb NOT NULL,
	"finding" text NOT NULL,
	"answered" boolean NOT NULL,
	CONSTRAINT "swept_door_community_id_id_pk" PRIMARY KEY("community_id","id")
);
--> statement-breakpoint
ALTER TABLE "household" ADD COLUMN "share" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "presence_at" bigint;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "presence_log" jsonb;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "quiet" boolean;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "guardian_id" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "guardian_name" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "guardian_phone" text;--> statement-breakpoint
ALTER TABLE "check_in" ADD COLUMN "disputed" boolean;--> statement-breakpoint
ALTER TABLE "check_in" ADD COLUMN "forgotten" boolean;--> statement-breakpoint
CREATE INDEX "door_call_by_day" ON "door_call" USING btree ("community_id","day","grid");--> statement-breakpoint
CREATE INDEX "door_call_by_household" ON "door_call" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "duty_by_place" ON "duty" USING btree ("community_id","place","ends_at");--> statement-breakpoint
CREATE INDEX "duty_by_person" ON "duty" USING btree ("community_id","person_id","ends_at");--> statement-breakpoint
CREATE INDEX "follow_up_by_household" ON "follow_up" USING btree ("community_id","household_id","day");--> statement-breakpoint
CREATE INDEX "follow_up_by_assignee" ON "follow_up" USING btree ("community_id","assigned_to");--> statement-breakpoint
CREATE INDEX "follow_up_by_day" ON "follow_up" USING btree ("community_id","day","grid");--> statement-breakpoint
CREATE INDEX "follow_up_open" ON "follow_up" USING btree ("community_id","closed_at","seen_at");--> statement-breakpoint
CREATE INDEX "life_sign_by_day" ON "life_sign" USING btree ("community_id","day","grid");--> statement-breakpoint
CREATE INDEX "life_sign_by_household" ON "life_sign" USING btree ("community_id","household_id","day");--> statement-breakpoint
CREATE INDEX "observation_by_household" ON "observation" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "observation_by_person" ON "observation" USING btree ("community_id","person_id");--> statement-breakpoint
CREATE INDEX "observation_by_end" ON "observation" USING btree ("community_id","end_day");--> statement-breakpoint
CREATE INDEX "reading_by_household" ON "reading" USING btree ("community_id","household_id");--> statement-breakpoint
CREATE INDEX "reading_by_observation" ON "reading" USING btree ("community_id","observation_id","day");--> statement-breakpoint
CREATE INDEX "reading_by_day" ON "reading" USING btree ("community_id","day","grid");--> statement-breakpoint
CREATE INDEX "swept_door_by_sweep" ON "swept_door" USING btree ("community_id","sweep_id","answered");--> statement-breakpoint
CREATE INDEX "swept_door_by_household" ON "swept_door" USING btree ("community_id","household_id");--> statement-breakpoint
-- What was said of people's health leaves the desks: only the household and the grid's worker read it from here on.
DELETE FROM "feed" WHERE "entity" = 'checkIn' AND "scope" LIKE 'desk:%';--> statement-breakpoint
-- And the phones of the desks: a phone begins each of its scopes anew, for nothing else would tell it that these rows are gone.
UPDATE "clock" SET "seq" = "seq" + 1, "tombstone_floor" = "seq" + 1;
