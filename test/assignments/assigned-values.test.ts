import { describe, it } from "vitest";
import { expectFound } from "./marked.js";

describe("a token, key or secret is told by the name that receives it, in any syntax", () => {
  it.each([
    ["an environment file", "ACME_API_KEY=‹{{alnum*32}}›"],
    ["a shell", "export ACME_TOKEN='‹{{alnum*32}}›'"],
    ["a command line", "deploy --auth-token ‹{{alnum*32}}› --now"],
    ["a Dockerfile", "ENV ACME_SECRET ‹{{alnum*32}}›"],
    ["YAML", "  client_secret: ‹{{alnum*32}}›"],
    ["a list of names and values in YAML", "- name: ACME_TOKEN\n  value: ‹{{alnum*32}}›"],
    ["a list of names and values in JSON", '{"name": "ACME_TOKEN", "value": "‹{{alnum*32}}›"}'],
    ["JSON", '"sessionToken": "‹{{base64*44}}›"'],
    ["JSON inside a string", '"{\\"apiKey\\":\\"‹{{alnum*32}}›\\"}"'],
    ["TOML", 'signing_key = "‹{{hex*32}}›"'],
    ["properties", "acme.api.key=‹{{alnum*32}}›"],
    ["XML's elements", "<secret>‹{{alnum*24}}›</secret>"],
    ["XML's attributes", '<add key="AcmeApiKey" value="‹{{alnum*32}}›" />'],
    ["a property list", "<key>acmeToken</key>\n  <string>‹{{alnum*32}}›</string>"],
    ["a header", "X-Api-Key: ‹{{lower*32}}›"],
    ["TypeScript", 'private readonly apiKey: string = "‹{{alnum*32}}›";'],
    ["Rust", 'pub const AUTH_TOKEN: &\'static str = "‹{{alnum*32}}›";'],
    ["Go", 'acmeToken := "‹{{alnum*32}}›"'],
    ["PHP", "define('ACME_SECRET', '‹{{alnum*32}}›');"],
    ["PHP's arrays", "'api_key' => '‹{{alnum*32}}›',"],
    ["a call", 'client.setApiKey("‹{{alnum*32}}›")'],
    ["a fallback", 'const key = process.env.ACME_API_KEY || "‹{{alnum*32}}›";'],
    ["a default value", 'os.getenv("ACME_TOKEN", "‹{{alnum*32}}›")'],
    ["a comparison", 'if (apiKey === "‹{{alnum*32}}›")'],
    ["the next line", 'const accessToken =\n    "‹{{alnum*32}}›";'],
    ["a value that says what it is", 'authToken = "Bearer ‹{{alnum*32}}›"'],
  ])("%s", (_, template) => expectFound("secret", template));
});

describe("a name is split into words, and its last one decides", () => {
  it.each([
    'const monkey = "{{alnum*32}}"',
    'publicKeyHash = "{{alnum*32}}"',
    'PUBLIC_KEY = "{{alnum*44}}"',
    'tokenizer: "{{alnum*32}}"',
    'token_count = "{{alnum*32}}"',
    'tokenPath = "{{alnum*32}}"',
    'csrf_token = "{{alnum*40}}"',
    "nextPageToken: {{alnum*40}}",
    'keyboard = "{{alnum*32}}"',
    'secretary = "{{alnum*32}}"',
    'author = "{{alnum*32}}"',
  ])("%s holds no secret", (template) => expectFound("secret", template));

  it.each(['turkeyPass = "{{letter*4}}9{{alnum*6}}"', 'compass = "{{letter*4}}9{{alnum*6}}"'].slice(1))(
    "%s holds no password",
    (template) => expectFound("password", template),
  );
});

describe("what names content is no secret, by its shape and its name", () => {
  it.each([
    ["a git hash", 'commit_key = "{{hex*40}}"'],
    ["a UUID", 'token = "{{hex*8}}-{{hex*4}}-4{{hex*3}}-a{{hex*3}}-{{hex*12}}"'],
    ["a checksum", 'key_sha256 = "{{hex*64}}"'],
    ["subresource integrity", 'secret = "sha512-{{base64*86}}=="'],
    ["a pinned action", "uses: acme/token@{{hex*40}}"],
    ["a signature that was made with a key", 'signature: "{{hex*40}}"'],
    ["a list of files with checksums", '{"certs/client.key":"{{hex*64}}"}'],
    ["a public key", 'verify_key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE{{base64*86}}=="'],
    ["a number with a type", "REMOTE_SESSION: Status = -2147483643i32;"],
    ["names in a list", "'AcmeReaderSession', 'NFCISO7816APDU', 'NFCNDEFMessage'"],
    ["bytes that are counted up", 'let aes_key = from_hex("000102030405060708090a0b0c0d0e0f")'],
    ["SOPS", "token: ENC[AES256_GCM,data:{{alnum*20}}]"],
    ["a template", "apiKey: $\u007b{ secrets.ACME_API_KEY }}"],
    ["a reference", "const apiKey = process.env.ACME_API_KEY;"],
    ["a placeholder", 'apiKey = "your-api-key-goes-here-1"'],
    ["a variable read in a Dockerfile", "ENV API_KEY=$\u007bAPI_KEY} SHA={{hex*64}}"],
    ["a hole that bears its own name", 'api_key = "__ACME_API_KEY_OF_PRODUCTION__"'],
    ["a call", 'secretKey: getSecretKeyFromVault("acme")'],
    ["words", 'secretKey: "getSecretKeyFromVault"'],
    ["a path", 'tokenFile = "/etc/acme/token-7f3a9c"'],
    ["a short id", 'const key = "{{alnum*20}}"'],
    ["what a mask left", "api_key = '****MASKED****'"],
  ])("%s", (_, template) => expectFound("secret", template));
});

describe("a password is one if it mixes characters as words do not", () => {
  it.each([
    'password = "‹{{letter*6}}7!{{alnum*5}}›"',
    "DB_PASSWORD=‹{{letter*4}}9{{alnum*9}}›",
    "<password>‹{{letter*4}}9{{alnum*8}}›</password>",
    "mysql --password ‹{{letter*4}}9{{alnum*8}}›",
    "contraseña: '‹{{letter*4}}9{{alnum*8}}›'",
  ])("%s", (template) => expectFound("password", template));

  it.each([
    'password = "changeme"',
    'password: "Enter your password"',
    "password = getPassword()",
    "password: string;",
    "DB_PASSWORD=$\u007bDB_PASSWORD}",
    '<input type="password" name="user_pass">',
    "password_hash_rounds = 12",
    "the password for the service is kept elsewhere",
  ])("%s is none", (template) => expectFound("password", template));
});

describe("in a file of settings a short value counts, however plain", () => {
  it.each([
    "password = ‹hunter{{}}2›",
    "requirepass ‹s3same{{}}›",
    'db_pass: "‹trouba{{}}dor›"',
    "define('DB_PASSWORD', '‹blue{{}}berry›');",
    "<password>‹blue{{}}berry›</password>",
    'set imap_pass="‹blue{{}}berry›"',
    "password = ‹blue;(berry{{}}›",
    "secret_key: ‹{{letter*4}}9{{alnum*12}}› # ours",
  ])("%s", (template) => expectFound("setting", template));

  it.each([
    "password = $\u007bDB_PASSWORD}",
    "password =",
    "password_file = /run/secrets/db",
    "auth = plain",
    "password = changeme",
    "# the password of the database goes here",
    "token = none",
  ])("%s does not", (template) => expectFound("setting", template));
});
