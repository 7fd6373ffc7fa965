import { defineConfig } from 'drizzle-kit';

// npx drizzle-kit generate --config src/server/database/drizzle.config.ts --name <what-changes>
// The tool asks for a default export.
export default defineConfig({
  dialect: 'postgresql',
  // Relative to the folder where the command is run: the package's own.
  schema: [
    './src/server/database/tables.ts',
    './src/people/tables.ts',
    './src/pillars/*/tables.ts',
    './src/pillars/*/*/tables.ts',
  ],
  out: './src/server/database/migrations',
});
