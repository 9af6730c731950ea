/** Names of what a run leaves in its folder; reports/README.md says what each is for. */
export const MESSAGES_FILE = 'messages.ndjson';
export const JUNIT_FILE = 'junit.xml';
export const SUMMARY_FILE = 'summary.txt';
export const PICTURE_FILE = 'summary.svg';
export const ALLURE_RESULTS = 'allure-results';
/** Of a run with --keep: a folder for each failure. */
export const FAILURES = 'failures';
