import { defineConfig } from "@playwright/test";

const out = process.env.NEXSENT_OUT ?? "out";

export default defineConfig({
  testDir: "./tests",
  outputDir: `${out}/results`,
  fullyParallel: false,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [["line"], ["json", { outputFile: `${out}/report.json` }], ["./reporter.ts"]],
  // Pictures and measurements are asked for by name.
  testIgnore: [...(process.env.SHOTS ? [] : ["**/shots.spec.ts"]), ...(process.env.BARS ? [] : ["**/bars.spec.ts"]), ...(process.env.WALK ? [] : ["**/walk.spec.ts"])],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
