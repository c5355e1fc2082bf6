/**
 * Whether `path` says that the file is a test, a fixture, an example or a document, full of values that somebody made
 * up, or something that a compiler or bundler made, full of pieces of code.
 */
export function isTestPath(path: string): boolean {
  return FOLDER.test(path) || FILE.test(path);
}

const FOLDER =
  /(?:^|\/)(?:__tests?__|__mocks?__|e2e|mirage|(?:[a-z0-9]{1,24}[-_]){0,3}(?:tests?|fixtures?|mocks?)(?:[-_](?:data|files?|fixtures?|cases?|helpers?|utils?|support|resources?|manifests?|suites?))?|specs?|(?:integ|unit|func)tests?|test(?:data|ing|files?|cases?|helpers?|utils?|suites?|support|kit)|(?:[a-z0-9]{1,24}[-_])?(?:examples?|samples?)|demos?|docs?(?:[-_](?:src|source|examples?))?|documentation|benchmarks?|bench|benches|i18n|locales?|translations?)\//i;

const FILE =
  /(?:[._-](?:test|tests|spec|specs|mock|mocks|fixture|fixtures|stories|e2e)\.[A-Za-z]{1,5}|(?:^|\/)(?:test_[^/]*|conftest)\.py|_test\.(?:go|rs|py|rb|dart|exs?)|(?:Test|Tests|Spec|IT)\.(?:java|kt|cs|php|scala|swift)|\.(?:md|mdx|rst|adoc|markdown)|\.min\.(?:js|mjs|css)|\.(?:js|mjs|cjs|css)\.map|\.(?:pyc|so|dll|dylib|exe|o|a|class|jar|wasm))$/;
