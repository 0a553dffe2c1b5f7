// Standard input: paths of HTML files, one a line. Output: [[path, line, column, rule, message], …].
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // Matters of style or of taste, which no reader meets:
    "no-trailing-whitespace": "off", // templates leave it, and compression takes it away
    "doctype-style": "off", // Material writes <!doctype html>
    "long-title": "off", // the title of a page in two languages holds both
    "valid-id": ["error", { relaxed: true }], // ids may begin with a digit or an underline: HTML allows it
    // For files from other hosts, and for forms that are sent; there are none:
    "require-sri": "off",
    "wcag/h32": "off",
  },
});

const found = [];
for (const path of readFileSync(0, "utf-8").split("\n").filter(Boolean)) {
  const report = await validator.validateFile(path);
  for (const { messages } of report.results) {
    for (const { line, column, ruleId, message } of messages) found.push([path, line, column, ruleId, message]);
  }
}
process.stdout.write(JSON.stringify(found));
