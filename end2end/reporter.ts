import type { FullResult, Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** The closing line that continuous integration reads. */
export default class Closing implements Reporter {
  private passed = 0;
  private failed = 0;

  onTestEnd(test: TestCase, result: TestResult) {
    if (result.status === "passed") this.passed += 1;
    else if (result.status !== "skipped" && test.outcome() === "unexpected") this.failed += 1;
  }

  onEnd(_: FullResult) {
    console.log(`\nend to end: ${this.passed} passed, ${this.failed} failed`);
  }
}
